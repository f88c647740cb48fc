import {describe, expect, test} from 'vitest';
import {checkNodes} from '../../source/doctor/check-nodes.ts';
import type {Failure} from '../../source/metrics/model/failure.ts';
import type {Probe, ReachableNode} from '../../source/scrape/node/cluster-routes.ts';

const NAMES = ['n1', 'n2', 'n3'];
const NODES: readonly ReachableNode[] = NAMES.map(name => ({
	name,
	addresses: [],
	kubeletPort: 10_250,
	isVirtual: false,
	metricsPath: undefined,
}));

const noSan = (node: string): Failure => ({
	code: 'tls-name-mismatch',
	brief: 'tls: no IP SAN',
	message: `the certificate of kubelet https://${node}:10250 is not for it`,
	hint: 'pass a name from the certificate with --kubelet-server-name NAME',
});

const failed = (node: string): Probe => ({
	via: 'direct',
	outcome: {kind: 'failed', failure: noSan(node)},
});

const read = (via: Probe['via']): Probe => ({
	via,
	outcome: {
		kind: 'ok',
		route: {kind: 'kubelet', via: 'direct', endpoint: 'summary'},
		latencyMs: 1,
		degraded: undefined,
		sampleTimeMs: 0,
		receivedAtMs: 0,
	},
});

async function nodeFindings(probesOf: (node: string) => readonly Probe[]) {
	const findings = await checkNodes(
		NODES,
		{probe: async ({name}) => probesOf(name)},
		new AbortController().signal,
	);
	return findings.filter(({check}) => check === 'nodes');
}

describe('nodes with the same trouble are one finding, though each message names its own address', () => {
	test.each<[string, string, (node: string) => readonly Probe[]]>([
		['that no route reads', 'failed', node => [failed(node)]],
		['that the proxy reads', 'warning', node => [failed(node), read('proxy')]],
	])('%s', async (_, verdict, probesOf) => {
		const findings = await nodeFindings(probesOf);
		expect(findings).toMatchObject([{verdict, nodes: NAMES}]);
		expect(findings[0]?.message).toMatch(/^3 nodes: /);
	});

	test('but not those that are read by other routes', async () => {
		const findings = await nodeFindings(node => [
			failed(node),
			read(node === 'n1' ? 'metrics.k8s.io' : 'proxy'),
		]);
		expect(findings.map(({nodes}) => nodes)).toEqual([['n1'], ['n2', 'n3']]);
	});
});
