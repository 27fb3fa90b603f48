#!/bin/sh
# Collect what Failover Lab reads of an AWS account, with the AWS CLI. It only reads: describe, search, list.
# Keys (pre-shared keys, BGP keys, configurations of routers) are left out by --query, so they are never on disk.
#
# Usage: sh collect-aws.sh FOLDER [REGION ...]
#   FOLDER   where the JSON files go: a folder that does not exist yet. Only you can read it
#   REGION   the Regions to read (default: all that are enabled in the account)
# Profile and credentials are those of the AWS CLI: AWS_PROFILE=my-profile sh collect-aws.sh FOLDER
set -eu
umask 077

folder=${1:?"usage: sh collect-aws.sh FOLDER [REGION ...]"}
shift
if [ -e "$folder" ]; then
  echo "$folder exists already (give a folder that does not exist)" >&2
  exit 2
fi
if ! command -v aws >/dev/null; then
  echo "the AWS CLI is missing (https://aws.amazon.com/cli/)" >&2
  exit 3
fi
enabled() { aws "$@" ec2 describe-regions --query 'Regions[].RegionName' --output text; }
if [ $# -eq 0 ]; then
  names=$(enabled 2>/dev/null || enabled --region us-east-1) || { # the profile may name no Region
    echo "AWS does not say which Regions are enabled (see the error above, or name the Regions after the folder)" >&2
    exit 3
  }
  # shellcheck disable=SC2086 # one word for each Region
  set -- $names
fi
mkdir -p "$folder"

# What of a VPN connection and of a virtual interface is read. Nothing else leaves AWS.
vpn='{VpnConnections: VpnConnections[].{VpnConnectionId: VpnConnectionId, State: State, CustomerGatewayId: CustomerGatewayId,
  VpnGatewayId: VpnGatewayId, TransitGatewayId: TransitGatewayId, CoreNetworkArn: CoreNetworkArn, VpnConcentratorId: VpnConcentratorId,
  Tags: Tags[?Key==`Name`], Routes: Routes, Options: Options.{StaticRoutesOnly: StaticRoutesOnly, EnableAcceleration: EnableAcceleration,
  OutsideIpAddressType: OutsideIpAddressType, TransportTransitGatewayAttachmentId: TransportTransitGatewayAttachmentId,
  TunnelInsideIpVersion: TunnelInsideIpVersion, TunnelBandwidth: TunnelBandwidth, TunnelOptions: TunnelOptions[].{
  TunnelInsideCidr: TunnelInsideCidr, StartupAction: StartupAction, DpdTimeoutAction: DpdTimeoutAction,
  DpdTimeoutSeconds: DpdTimeoutSeconds, Phase1LifetimeSeconds: Phase1LifetimeSeconds, Phase2LifetimeSeconds: Phase2LifetimeSeconds,
  IkeVersions: IkeVersions, Phase2EncryptionAlgorithms: Phase2EncryptionAlgorithms,
  Phase2IntegrityAlgorithms: Phase2IntegrityAlgorithms}}}}'
vif='{virtualInterfaces: virtualInterfaces[].{virtualInterfaceId: virtualInterfaceId, virtualInterfaceName: virtualInterfaceName,
  virtualInterfaceState: virtualInterfaceState, virtualInterfaceType: virtualInterfaceType, connectionId: connectionId, region: region,
  location: location, vlan: vlan, asn: asn, asnLong: asnLong, amazonSideAsn: amazonSideAsn, addressFamily: addressFamily, mtu: mtu,
  prefixPoolAllocatedCountIpv4: prefixPoolAllocatedCountIpv4,
  directConnectGatewayId: directConnectGatewayId, virtualGatewayId: virtualGatewayId, siteLinkEnabled: siteLinkEnabled,
  awsDeviceV2: awsDeviceV2, awsLogicalDeviceId: awsLogicalDeviceId, tags: tags,
  bgpPeers: bgpPeers[].{addressFamily: addressFamily, bgpPeerState: bgpPeerState}}, nextToken: nextToken}'

# permission SERVICE OPERATION: the permission that a call needs, such as ec2:DescribeVpcs.
permission() {
  echo "$2" | awk -F- -v service="$1" '{ for (i = 1; i <= NF; i++) name = name toupper(substr($i, 1, 1)) substr($i, 2)
    print service ":" name }'
}

# ask FILE REGION SERVICE OPERATION [OPTION ...]: one call with all its pages. A page that fails leaves no file, and is told.
# The AWS CLI fetches the pages of some calls by itself. For the others AWS gives a token, and each further page gets its own file.
failed=""
ask() {
  stem=${1%.json} file=$1 at=$2 token="" page=1
  shift 2
  while :; do
    if ! aws --region "$at" --output json "$@" ${token:+--next-token "$token"} >"$file"; then
      rm -f "$file"
      echo "not read: $1 $2 in $at (it needs the permission $(permission "$1" "$2"))" >&2
      failed="$failed${failed:+,}
    {\"call\": \"$1 $2\", \"region\": \"$at\", \"permission\": \"$(permission "$1" "$2")\"}"
      return 0
    fi
    if [ ! -s "$file" ]; then # the AWS CLI prints nothing if an answer has nothing in it
      rm -f "$file"
      return 0
    fi
    token=$(sed -n 's/^ *"[nN]extToken": "\([^"]*\)",*$/\1/p' "$file")
    if [ -z "$token" ]; then
      return 0
    fi
    sed 's/^\( *"[nN]extToken": \)"[^"]*"/\1null/' "$file" >"$file.whole" && mv "$file.whole" "$file"
    page=$((page + 1))
    file=$stem-page-$page.json
  done
}

# ids NAME KEY: the values of a key in a file, and in the files of its further pages.
ids() { cat "$1.json" "$1"-page-*.json 2>/dev/null | sed -n "s/^ *\"$2\": \"\\([^\"]*\\)\",*\$/\\1/p" | sort -u; }

first=$1
for region in "$@"; do
  echo "reading $region" >&2
  here=$folder/$region
  mkdir -p "$here"
  ask "$here/vpn-connections.json" "$region" ec2 describe-vpn-connections --query "$vpn"
  ask "$here/customer-gateways.json" "$region" ec2 describe-customer-gateways
  ask "$here/vpn-gateways.json" "$region" ec2 describe-vpn-gateways
  ask "$here/transit-gateways.json" "$region" ec2 describe-transit-gateways
  ask "$here/transit-gateway-attachments.json" "$region" ec2 describe-transit-gateway-attachments
  ask "$here/transit-gateway-route-tables.json" "$region" ec2 describe-transit-gateway-route-tables
  for table in $(ids "$here/transit-gateway-route-tables" TransitGatewayRouteTableId); do
    ask "$here/routes-$table.json" "$region" ec2 search-transit-gateway-routes --transit-gateway-route-table-id "$table" \
      --filters Name=type,Values=static --query "{TransitGatewayRouteTableId: '$table', Routes: Routes,
      AdditionalRoutesAvailable: AdditionalRoutesAvailable, NextToken: NextToken}"
    # Some policies for reading do not allow it, and then nothing is said of propagations.
    before=$failed
    ask "$here/propagations-$table.json" "$region" ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id "$table" \
      --query "{TransitGatewayRouteTableId: '$table', TransitGatewayRouteTablePropagations: TransitGatewayRouteTablePropagations,
      NextToken: NextToken}" 2>/dev/null
    failed=$before
  done
  ask "$here/route-tables.json" "$region" ec2 describe-route-tables
  ask "$here/vpcs.json" "$region" ec2 describe-vpcs
  ask "$here/connections.json" "$region" directconnect describe-connections
  ask "$here/lags.json" "$region" directconnect describe-lags
  ask "$here/locations.json" "$region" directconnect describe-locations
  ask "$here/virtual-interfaces.json" "$region" directconnect describe-virtual-interfaces --query "$vif"
  for interface in $(ids "$here/virtual-interfaces" virtualInterfaceId); do
    # New in 2026: an older AWS CLI does not know it, and then the sites file asks for what it would have told.
    before=$failed
    ask "$here/routes-$interface.json" "$region" directconnect list-virtual-interface-routes --virtual-interface-id "$interface" \
      --query "{virtualInterfaceId: '$interface', routes: routes, nextToken: nextToken}" 2>/dev/null
    failed=$before
  done
done

# Direct Connect gateways are the same in every Region
ask "$folder/direct-connect-gateways.json" "$first" directconnect describe-direct-connect-gateways
for gateway in $(ids "$folder/direct-connect-gateways" directConnectGatewayId); do
  ask "$folder/associations-$gateway.json" "$first" directconnect describe-direct-connect-gateway-associations \
    --direct-connect-gateway-id "$gateway"
done
echo "read $# Regions into $folder" >&2
if [ -n "$failed" ]; then
  printf '{\n  "NotRead": [%s\n  ]\n}\n' "$failed" >"$folder/not-read.json"
  echo "some calls failed, so the files are not complete (the missing permissions are in $folder/not-read.json)" >&2
  exit 1
fi
