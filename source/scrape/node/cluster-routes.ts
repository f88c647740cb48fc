import type {Answer, ClientCertificate, Endpoint, TlsOptions} from '../../http/endpoint.ts';
import {type Failure, KtopError} from '../../metrics/failure.ts';
import type {NodeAddressType, NodeInfo} from '../../metrics/inventory.ts';
import {DEADLINE_MARGIN_MS} from '../kubelet/target.ts';
import {createMetricsApi} from '../metrics-api/metrics-api.ts';
import {directWay, readOnlyWay} from './direct-way.ts';
import {Gate} from './gate.ts';
import {kubeletAddress} from './kubelet-address.ts';
import {metricsApiWay} from './metrics-api-way.ts';
import {proxyWay} from './proxy-way.ts';
import {isWorthTrying, type Way, type WayName} from './way.ts';
import {WayPrior} from './way-prior.ts';

/** Which ways may be taken. By itself ktop takes the proxy where no direct way works: `nodes/proxy` is a mighty right. */
export type Via = 'auto' | 'direct' | 'proxy';

/** What a node tells of the ways to it. */
export type ReachableNode = Pick<
	NodeInfo,
	'name' | 'addresses' | 'kubeletPort' | 'isVirtual' | 'metricsPath'
>;

export type ClusterRoutesOptions = {
	readonly via: Via;
	/** For a whole visit of one node. */
	readonly timeoutMs: number;
	readonly addressTypes?: readonly NodeAddressType[] | undefined;
	readonly kubeletTls: TlsOptions;
	/** Undefined where kubelets may not be asked directly, because they know nothing of the user that is acted as. */
	readonly kubeletCredentials: KubeletCredentials | undefined;
	readonly api: ApiAccess;
	/** Where a pod runs, which metrics.k8s.io does not tell. */
	readonly nodeOf: (namespace: string, pod: string) => string | undefined;
	/** The namespaces whose pods may be listed; undefined: all. */
	readonly namespaces: () => readonly string[] | undefined;
	readonly readOnlyPort?: number | undefined;
	readonly now?: (() => number) | undefined;
};

export type KubeletCredentials = {
	readonly authorization: (() => Promise<string | undefined>) | undefined;
	readonly clientCertificate: (() => Promise<ClientCertificate | undefined>) | undefined;
};

export type ApiAccess = {
	readonly origin: string;
	readonly get: Endpoint['get'];
	/** What an answer of the API server other than 2xx means. */
	readonly failureOf: (answer: Answer, subject: string) => KtopError | undefined;
};

export type Probe = {
	readonly way: WayName;
	readonly outcome:
		| {
				readonly kind: 'ok';
				readonly route: string;
				readonly latencyMs: number;
				/** The node's own stamp. */
				readonly sampleTimeMs: number | undefined;
				readonly receivedAtMs: number;
		  }
		| {readonly kind: 'failed'; readonly failure: Failure}
		| {readonly kind: 'skipped'; readonly why: string};
};

/** What all nodes of one cluster share. */
export type ClusterRoutes = {
	readonly timeoutMs: number;
	readonly prior: WayPrior;
	/** The ways to a node, best first, and why the best is missing where it is. */
	readonly waysTo: (node: ReachableNode) => NodeWays;
	/** Tries one way after the other, whatever was remembered, until one works. */
	readonly probe: (node: ReachableNode, signal: AbortSignal) => Promise<readonly Probe[]>;
};

export type NodeWays = {readonly ways: readonly Way[]; readonly leftOut: Failure | undefined};

/** Requests through the proxy are work for the API server: it is for others too. */
const PROXIED_AT_ONCE = 8;

export function createClusterRoutes(options: ClusterRoutesOptions): ClusterRoutes {
	const {via, timeoutMs, api, now = Date.now} = options;
	const gate = new Gate(PROXIED_AT_ONCE);
	const metricsApi = createMetricsApi({...options, now});

	const directWays = (node: ReachableNode): NodeWays => {
		const {kubeletCredentials: credentials, kubeletTls: tls, addressTypes} = options;
		const leftOut = (failure: Failure): NodeWays => ({ways: [], leftOut: failure});
		if (node.isVirtual) {
			return leftOut(virtual(node));
		}

		if (credentials === undefined) {
			return leftOut(IMPERSONATING);
		}

		const address = kubeletAddress(node, addressTypes);
		if (address === undefined) {
			return leftOut(noAddress(node));
		}

		return {
			ways: [
				directWay({address, tls, credentials, resourcePath: node.metricsPath, now}),
				readOnlyWay({address, port: options.readOnlyPort, resourcePath: node.metricsPath, now}),
			],
			leftOut: undefined,
		};
	};

	const waysTo = (node: ReachableNode): NodeWays => {
		const direct = via === 'proxy' ? {ways: [], leftOut: undefined} : directWays(node);
		const apiWays =
			via === 'direct'
				? []
				: [
						...(node.isVirtual ? [] : [proxyWay({node, api, gate, now})]),
						metricsApiWay(node.name, metricsApi),
					];
		return {ways: [...direct.ways, ...apiWays], leftOut: direct.leftOut};
	};

	return {
		timeoutMs,
		prior: new WayPrior(),
		waysTo,
		probe: (node, signal) => probe(waysTo(node), timeoutMs, signal),
	};
}

async function probe(
	{ways, leftOut}: NodeWays,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<readonly Probe[]> {
	const probes: Probe[] =
		leftOut === undefined ? [] : [{way: 'direct', outcome: {kind: 'failed', failure: leftOut}}];
	const failed = new Map<WayName, Failure>();
	let isRead = false;
	for (const way of ways) {
		if (isRead || !isWorthTrying(way.name, failed)) {
			const why = isRead ? 'a better way works' : 'nothing answers at that address';
			probes.push({way: way.name, outcome: {kind: 'skipped', why}});
		} else {
			const outcome = await probeWay(way, timeoutMs, signal);
			probes.push({way: way.name, outcome});
			isRead = outcome.kind === 'ok';
			if (outcome.kind === 'failed') {
				failed.set(way.name, outcome.failure);
			}
		}

		await way.close();
	}

	return probes;
}

async function probeWay(way: Way, timeoutMs: number, signal: AbortSignal): Promise<Probe['outcome']> {
	try {
		const {readings, route, latencyMs} = await way.read(
			signal,
			performance.now() + timeoutMs - DEADLINE_MARGIN_MS,
		);
		const reading = readings.at(-1);
		return {
			kind: 'ok',
			route,
			latencyMs,
			sampleTimeMs: reading?.node?.cpu?.timeMs ?? reading?.node?.memory?.timeMs,
			receivedAtMs: reading?.receivedAtMs ?? Number.NaN,
		};
	} catch (error) {
		if (error instanceof KtopError) {
			return {kind: 'failed', failure: error};
		}

		throw error;
	}
}

const IMPERSONATING: Failure = {
	code: 'unsupported',
	brief: '--as needs the proxy',
	message:
		'kubelets know nothing of acting as another user, and would answer with the rights of the real one',
	hint: 'drop --as, or grant that user nodes/proxy',
};

function virtual({name}: ReachableNode): Failure {
	return {
		code: 'unsupported',
		brief: 'virtual',
		message: `${name} is a virtual node, without a kubelet to read`,
		hint: 'nothing is wrong; where metrics-server knows its pods, ktop shows those figures',
	};
}

function noAddress({name}: ReachableNode): Failure {
	return {
		code: 'unreachable',
		brief: 'no address',
		message: `node ${name} has no address of the types that are asked for`,
		hint: 'name others with --kubelet-address-types, or take --via proxy',
	};
}
