import {countedInterfaces} from '../../metrics/rates/counted-interfaces.ts';
import {listOf} from '../json-value.ts';
import {namedInterfaces} from './summary-groups.ts';
import type {SummaryInterface, SummaryNetwork} from './summary-shape.ts';

/** The maximum relative difference between two reads of one counter, a few seconds apart. */
const SAME_COUNTER_SHARE = 0.05;

/** Linux creates these in every network namespace when their module is loaded. */
const IN_EVERY_NAMESPACE =
	/^(?:lo|dummy0|ifb[01]|tunl0|sit0|gre0|gretap0|erspan0|ip_vti0|ip6tnl0|ip6gre0|ip6_vti0)$/;

/** The features of the node's network by which to recognize it in a pod. */
export type HostNetwork = {
	/** Names of the interfaces that are counted as the node's traffic. */
	readonly own: readonly string[];
	/** Names of interfaces that only a host has: bonds, bridges, tunnels, host ends of veth pairs. */
	readonly distinctive: ReadonlySet<unknown>;
	readonly counters: SummaryInterface;
};

export function hostNetworkOf(node: SummaryNetwork | null | undefined): HostNetwork {
	const names = namedInterfaces(node).map(({name}) => name);
	const own = countedInterfaces(names);
	return {
		own,
		distinctive: new Set(names.filter(name => !own.includes(name) && !IN_EVERY_NAMESPACE.test(name))),
		counters: node ?? {},
	};
}

/**
 * Whether a pod uses the host network, so that its counters are those of the node (cri-o#10207). Such a pod has the
 * node's counted interfaces and an interface that only a host has. The full lists are not compared, because they change
 * when pods start or stop. Without a distinctive interface, the counters must be nearly equal.
 */
export function isHostNetwork(pod: SummaryNetwork | null | undefined, host: HostNetwork): boolean {
	const interfaces = listOf(pod?.interfaces);
	if (
		host.own.length === 0 ||
		host.own.length > interfaces.length ||
		!host.own.every(name => interfaces.some(one => one?.name === name))
	) {
		return false;
	}

	return (
		host.own.length > 1 ||
		interfaces.some(one => host.distinctive.has(one?.name)) ||
		(isNear(pod?.rxBytes, host.counters.rxBytes) && isNear(pod?.txBytes, host.counters.txBytes))
	);
}

function isNear(one: unknown, other: unknown): boolean {
	return (
		typeof one === 'number' &&
		typeof other === 'number' &&
		other > 0 &&
		Math.abs(one - other) <= other * SAME_COUNTER_SHARE
	);
}
