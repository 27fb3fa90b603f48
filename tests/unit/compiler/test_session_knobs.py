"""The customer's settings of single BGP sessions: timers, graceful restart and BFD, as FRR reads them."""

from dataclasses import replace

from lab.model.customer_side import CustomerBfd, CustomerSide, SessionTimers
from lab.model.plan import Plan, Timers
from tests.networks import HYBRID, planned
from tests.unit.compiler.reading import bgpd_lines, told_of

CHOSEN = CustomerSide(
    timers=SessionTimers(keepalive=10.0, hold=30.0),
    graceful_restart=90.0,
    bfd=CustomerBfd(interval=0.5, multiplier=5, checks_control_plane=True),
)


def _plan(chosen: CustomerSide, timers: Timers = Timers.TUNED) -> Plan:
    """HYBRID, with choices of the customer on vif1 only. vif3 is on the same router."""
    vif, *others = HYBRID.virtual_interfaces
    return planned(replace(HYBRID, virtual_interfaces=(replace(vif, customer=chosen), *others)), timers=timers)


def _ends(plan: Plan) -> tuple[set[str], set[str]]:
    """The lines about the session of vif1 at the customer's router and at AWS's device."""
    (aws,) = plan.target("vif1").sessions
    customer = next(each for each in plan.sessions if (each.node, each.neighbor_node) == (aws.neighbor_node, aws.node))
    return told_of(plan.node(customer.node), customer.neighbor), told_of(plan.node(aws.node), aws.neighbor)


def test_a_sessions_own_timers_count_under_both_profiles_and_only_at_the_customers_end() -> None:
    for profile in Timers:
        customer, aws = _ends(_plan(CHOSEN, profile))
        assert "timers 10 30" in customer
        assert "timers 30 90" in aws


def test_graceful_restart_is_on_at_both_ends_of_its_session_and_nowhere_else() -> None:
    plan = _plan(CHOSEN)
    for end in _ends(plan):
        assert "graceful-restart" in end
    for node in plan.nodes:
        if node.router:
            lines = [line for line in bgpd_lines(node) if line.endswith(" graceful-restart")]
            assert len(lines) == (node.name in {"dc1-r1", "loc-a-1"})
            assert "bgp graceful-restart-disable" in bgpd_lines(node)
    assert "bgp graceful-restart restart-time 90" in bgpd_lines(plan.node("dc1-r1"))
    assert "bgp graceful-restart restart-time 120" in bgpd_lines(plan.node("loc-a-1"))


def test_the_customer_chooses_its_own_bfd_and_aws_keeps_300_ms_times_3() -> None:
    plan = _plan(CHOSEN)
    chosen, aws = (next(file.text for file in plan.node(name).files if file.path == "frr/bfdd.conf") for name in ("dc1-r1", "loc-a-1"))
    assert "  receive-interval 500\n  transmit-interval 500\n  detect-multiplier 5\n" in chosen
    assert "interval" not in aws
    customer, amazon = _ends(plan)
    assert "bfd check-control-plane-failure" in customer
    assert "bfd check-control-plane-failure" not in amazon


def test_bfd_alone_is_off_under_default_timers_but_what_the_customer_chose_of_it_holds() -> None:
    customer, aws = _ends(_plan(CHOSEN, Timers.DEFAULT))
    assert "bfd check-control-plane-failure" in customer
    assert "bfd" in aws
    customer, aws = _ends(_plan(CustomerSide(), Timers.DEFAULT))
    assert not [line for line in (*customer, *aws) if line.startswith("bfd")]
