"""Route-maps and lists in the syntax of FRR's configuration."""

from typing import assert_never

from lab.model.router import (
    CommunityList,
    DropCommunities,
    HasCommunity,
    InPrefixes,
    Match,
    PreferGlobal,
    Prepend,
    Set,
    SetCommunities,
    SetMed,
    SetOrigin,
    SetPreference,
    SetWeight,
)


def list_words(communities: CommunityList) -> str:
    """The line of a community list, without the leading `bgp`."""
    kind = "expanded" if communities.beginning else "standard"
    value = f"^{communities.value}" if communities.beginning else communities.value
    return f"{_large(communities.large)}community-list {kind} {communities.name} permit {value}"


def match_words(condition: Match) -> str:
    """The text of a condition after the word `match`."""
    match condition:
        case InPrefixes():
            return f"ip{'v6' if condition.ipv6 else ''} address prefix-list {condition.list}"
        case HasCommunity():
            return f"{_large(condition.large)}community {condition.list}"
        case _:
            assert_never(condition)


def set_words(change: Set) -> str:  # noqa: PLR0911 - one for each kind of change
    """The text of a change after the word `set`."""
    match change:
        case SetPreference():
            return f"local-preference {change.value}"
        case SetWeight():
            return f"weight {change.value}"
        case SetMed():
            return f"metric {change.value}"
        case SetOrigin():
            return f"origin {change.value.value}"
        case SetCommunities():
            return f"{_large(change.large)}community {' '.join(change.values)}{' additive' if change.added else ''}"
        case DropCommunities():
            return f"{'large-' if change.large else ''}comm-list {change.list} delete"
        case Prepend():
            return f"as-path prepend {' '.join(map(str, change.asns))}"
        case PreferGlobal():
            return "ipv6 next-hop prefer-global"
        case _:
            assert_never(change)


def _large(large: bool) -> str:
    return "large-" if large else ""
