import {expect, test} from 'vitest';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import {whyNoProcesses} from '../../../source/metrics/reasons/no-processes.ts';
import {nodeRow} from '../rows.ts';

const live = (kind: 'local' | 'kubelet', message?: string): NodeState => ({
	kind: 'live',
	route: kind === 'local' ? {kind} : {kind, endpoint: 'summary', via: 'direct'},
	latencyMs: 1,
	degraded: message === undefined ? undefined : {code: 'server-error', brief: '', message, hint: ''},
});

test.each([
	['of kubelets alone', [live('kubelet')], false, 'only --source local and --source cadvisor list them'],
	['of the past', [{kind: 'past'}], false, 'those of the past are not kept'],
	['that was not read yet', [live('kubelet'), live('local')], false, 'not read yet'],
	['of a demo', [live('kubelet')], true, 'not read yet'],
	['that cannot be read', [live('local', 'ps failed')], false, 'ps failed'],
] as const)('a list %s is empty for a reason', (_what, states, isListed, reason) => {
	expect(
		whyNoProcesses(
			states.map(state => nodeRow('n', {state})),
			isListed,
		),
	).toBe(reason);
});
