"""The keys of a VPN connection's tunnel options, as pydantic models."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from lab.intent.document.fields import NotNull, Seconds, Written
from lab.model.tunnel_options import USUAL_TUNNEL, Cipher, DpdAction, Initiator, Integrity, StartupAction, Suite, TunnelOptions

Who = Annotated[
    Literal["customer", "aws", "nobody"],
    Field(
        examples=["nobody"],
        description="Who starts a tunnel again after an interruption: your gateway, AWS (with `startup_action: start`), or nobody.",
    ),
]


def _of_a_block_cipher(written: object, info: ValidationInfo) -> object:
    cipher = info.data.get("phase2_encryption")
    if cipher and Cipher(cipher).has_own_integrity:
        reason = f"{cipher} proves integrity itself and has no hash (remove phase2_integrity, or write phase2_encryption: AES256)"
        raise PydanticCustomError("written", "{reason}", {"reason": reason})
    return written


class TunnelOptionsDocument(Written):
    """AWS's tunnel options, the same for both tunnels. A lab has real IKE with them."""

    startup_action: Annotated[
        Literal["add", "start"],
        Field(
            examples=["start"],
            description="What AWS does with a new or replaced endpoint: wait for your gateway, or start the tunnel. `start` needs IKEv2.",
        ),
    ] = "add"
    dpd_action: Annotated[
        Literal["clear", "none", "restart"],
        Field(
            examples=["restart"],
            description="What AWS does when your gateway is silent: end the tunnel, nothing, or start it again. `none` sends no probes.",
        ),
    ] = "clear"
    dpd_timeout: Annotated[
        Seconds,
        Field(examples=["30s"], description="How long your gateway may be silent: 30s or more. Default: 40s."),
    ] = USUAL_TUNNEL.dpd_timeout
    ike_version: Annotated[Literal[1, 2], Field(examples=[1], description="The version of IKE that your gateway uses.")] = 2
    phase1_lifetime: Annotated[
        Seconds, Field(examples=["60m"], description="How long an IKE SA lives, at both ends: 900s to 28800s. Default: 28800s.")
    ] = float(USUAL_TUNNEL.phase1_lifetime)
    phase2_lifetime: Annotated[
        Seconds,
        Field(examples=["30m"], description="How long an ESP SA lives, at both ends: 900s to 3600s, less than the IKE SA. Default: 3600s."),
    ] = float(USUAL_TUNNEL.phase2_lifetime)
    phase2_encryption: Annotated[
        Literal["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"],
        Field(examples=["AES256"], description="The cipher that your gateway proposes for ESP. It decides the tunnel's MTU."),
    ] = "AES256-GCM-16"
    phase2_integrity: Annotated[
        Literal["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"] | None,
        NotNull,
        BeforeValidator(_of_a_block_cipher),
        Field(examples=["SHA2-512"], description="The hash beside `AES128` or `AES256`. Default: `SHA2-256`. GCM has none."),
    ] = None


def tunnel_options(written: TunnelOptionsDocument | None, initiator: Who) -> TunnelOptions:
    """The options as understood."""
    said = written or TunnelOptionsDocument()
    return TunnelOptions(
        startup_action=StartupAction(said.startup_action),
        dpd_action=DpdAction(said.dpd_action),
        dpd_timeout=said.dpd_timeout,
        ike_version=said.ike_version,
        phase1_lifetime=round(said.phase1_lifetime),
        phase2_lifetime=round(said.phase2_lifetime),
        suite=Suite(cipher=Cipher(said.phase2_encryption), integrity=Integrity(said.phase2_integrity or "SHA2-256")),
        initiator=Initiator(initiator),
    )
