import {countedInterfaces} from '../../metrics/rates/counted-interfaces.ts';
import {namedInterfaces} from './summary-groups.ts';
import {list, type RawInterface, type RawNetwork} from './summary-shape.ts';

/** Two counters of one interface, read at most seconds apart, differ by no more than this share. */
const SAME_COUNTER_SHARE = 0.05;

/** Linux makes these in every network namespace as soon as their module is loaded: they tell nothing apart. */
const IN_EVERY_NAMESPACE =
	/^(?:lo|dummy0|ifb[01]|tunl0|sit0|gre0|gretap0|erspan0|ip_vti0|ip6tnl0|ip6gre0|ip6_vti0)$/;

/** What to know the node's network by when a pod reports it. */
export type HostNetwork = {
	/** Names of the interfaces that the node's traffic is summed from. */
	readonly own: readonly string[];
	/** Names of what only a host has: bonds, bridges, tunnels, the host's ends of pods' interfaces. */
	readonly telling: ReadonlySet<unknown>;
	readonly counters: RawInterface;
};

export function hostNetworkOf(node: RawNetwork | null | undefined): HostNetwork {
	const names = namedInterfaces(node).map(({name}) => name);
	const own = countedInterfaces(names);
	return {
		own,
		telling: new Set(names.filter(name => !own.includes(name) && !IN_EVERY_NAMESPACE.test(name))),
		counters: node ?? {},
	};
}

/**
 * Whether a pod is on the host's network: its counters are then the node's (cri-o#10207). Such a pod has the node's own
 * interfaces and some that only a host has. Lists are not compared as a whole, for pods that come and go change them
 * between the two readings. Without such a sign the counters must be the same, but for the moment between them.
 */
export function isHostNetwork(pod: RawNetwork | null | undefined, host: HostNetwork): boolean {
	const interfaces = list(pod?.interfaces);
	if (
		host.own.length === 0 ||
		host.own.length > interfaces.length ||
		!host.own.every(name => interfaces.some(one => one?.name === name))
	) {
		return false;
	}

	return (
		host.own.length > 1 ||
		interfaces.some(one => host.telling.has(one?.name)) ||
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
