#!/usr/bin/env bash
# Collect what Failover Lab reads of an AWS account, with the AWS CLI. It only reads: describe, search, list.
# Keys (pre-shared keys, BGP keys, configurations of routers) are left out by --query, so they are never on disk.
#
# Usage: bash collect-aws.sh FOLDER [REGION ...]
#   FOLDER   where the JSON files go: a folder that does not exist yet
#   REGION   the Regions to read (default: all that are enabled in the account)
# Profile and credentials are those of the AWS CLI: AWS_PROFILE=my-profile bash collect-aws.sh FOLDER
set -euo pipefail

folder=${1:?"usage: bash collect-aws.sh FOLDER [REGION ...]"}
shift
if [ -e "$folder" ]; then
  echo "$folder exists already (give a folder that does not exist)" >&2
  exit 2
fi
if ! command -v aws >/dev/null; then
  echo "the AWS CLI is missing (https://aws.amazon.com/cli/)" >&2
  exit 3
fi
regions=("$@")
if [ ${#regions[@]} -eq 0 ]; then
  enabled=(ec2 describe-regions --query 'Regions[].RegionName' --output text)
  names=$(aws "${enabled[@]}" 2>/dev/null || aws --region us-east-1 "${enabled[@]}") # the profile may name no Region
  read -r -a regions <<<"$(tr '\n' ' ' <<<"$names")"
fi

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
  directConnectGatewayId: directConnectGatewayId, virtualGatewayId: virtualGatewayId, siteLinkEnabled: siteLinkEnabled,
  awsDeviceV2: awsDeviceV2, awsLogicalDeviceId: awsLogicalDeviceId, tags: tags,
  bgpPeers: bgpPeers[].{addressFamily: addressFamily, bgpPeerState: bgpPeerState}}}'

# ask FILE REGION SERVICE OPERATION [OPTION ...]: one call, one file. A call that fails leaves no file.
failed=0
ask() {
  local file=$1 region=$2
  shift 2
  if ! aws --region "$region" --output json "$@" >"$file"; then
    echo "not read: $1 $2 in $region" >&2
    rm -f "$file"
    failed=1
  fi
}

# ids FILE KEY: the values of a key in a file.
ids() { [ ! -f "$1" ] || sed -n "s/^ *\"$2\": \"\\([^\"]*\\)\",*\$/\\1/p" "$1" | sort -u; }

for region in "${regions[@]}"; do
  echo "reading $region" >&2
  here=$folder/$region
  mkdir -p "$here"
  ask "$here/vpn-connections.json" "$region" ec2 describe-vpn-connections --query "$vpn"
  ask "$here/customer-gateways.json" "$region" ec2 describe-customer-gateways
  ask "$here/vpn-gateways.json" "$region" ec2 describe-vpn-gateways
  ask "$here/transit-gateways.json" "$region" ec2 describe-transit-gateways
  ask "$here/transit-gateway-attachments.json" "$region" ec2 describe-transit-gateway-attachments
  ask "$here/transit-gateway-route-tables.json" "$region" ec2 describe-transit-gateway-route-tables
  for table in $(ids "$here/transit-gateway-route-tables.json" TransitGatewayRouteTableId); do
    ask "$here/routes-$table.json" "$region" ec2 search-transit-gateway-routes --transit-gateway-route-table-id "$table" \
      --filters Name=type,Values=static --query "{TransitGatewayRouteTableId: '$table', Routes: Routes}"
  done
  ask "$here/route-tables.json" "$region" ec2 describe-route-tables
  ask "$here/vpcs.json" "$region" ec2 describe-vpcs
  ask "$here/connections.json" "$region" directconnect describe-connections
  ask "$here/lags.json" "$region" directconnect describe-lags
  ask "$here/locations.json" "$region" directconnect describe-locations
  ask "$here/virtual-interfaces.json" "$region" directconnect describe-virtual-interfaces --query "$vif"
  for interface in $(ids "$here/virtual-interfaces.json" virtualInterfaceId); do
    # New in 2026: an older AWS CLI does not know it, and then the sites file asks for what it would have told.
    aws --region "$region" --output json directconnect list-virtual-interface-routes --virtual-interface-id "$interface" \
      --query "{virtualInterfaceId: '$interface', routes: routes}" >"$here/routes-$interface.json" 2>/dev/null ||
      rm -f "$here/routes-$interface.json"
  done
done

region=${regions[0]} # Direct Connect gateways are the same in every Region
ask "$folder/direct-connect-gateways.json" "$region" directconnect describe-direct-connect-gateways
for gateway in $(ids "$folder/direct-connect-gateways.json" directConnectGatewayId); do
  ask "$folder/associations-$gateway.json" "$region" directconnect describe-direct-connect-gateway-associations \
    --direct-connect-gateway-id "$gateway"
done
echo "read ${#regions[@]} Regions into $folder" >&2
if [ "$failed" -ne 0 ]; then
  echo "some calls failed, so the files are not complete (may this profile read all of it?)" >&2
fi
exit "$failed"
