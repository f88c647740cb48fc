import fc from 'fast-check';
import {parseJson} from '../../../source/metrics/model/json.ts';
import {decodeResourceMetrics} from '../../../source/scrape/kubelet/decode-resource-metrics.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {decodeThrottling} from '../../../source/scrape/kubelet/decode-throttling.ts';
import {decodeNodeMetrics, decodePodMetrics} from '../../../source/scrape/metrics-api/decode-metrics.ts';
import {recorded} from '../../scrape/kubelet/recorded-kubelet.ts';
import {damagedJson} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {assertNumbers, soundly} from '../soundness.ts';
import {target} from '../target.ts';

/** Readings are below 2^63, so that no underflow of a kubelet is one. */
const QUANTITIES = {least: 0, most: 2 ** 63 - 1024};
const NOW_MS = Date.UTC(2026, 10, 27);

const whole = JSON.parse(recorded('summary-1.json'));
const summary = {...whole, pods: whole.pods.slice(0, 3)};
/** The first lines of each metric, so that damage meets all of them. */
const linesOf = (name: string, per: number): string => {
	const seen = new Map<string, number>();
	return recorded(name)
		.split('\n')
		.filter(line => {
			const metric = line.split(/[{ ]/, 1).join('');
			seen.set(metric, (seen.get(metric) ?? 0) + 1);
			return line.startsWith('#') || (seen.get(metric) ?? 0) <= per;
		})
		.join('\n');
};

const time = 'timestamp';
const usage = {cpu: '250m', memory: '128Mi'};
const metricsList = {
	kind: 'PodMetricsList',
	items: [
		{
			metadata: {name: 'web', namespace: 'shop'},
			[time]: '2026-11-27T00:00:00Z',
			window: '30s',
			containers: [{name: 'a', usage}],
		},
		{metadata: {name: 'node-a'}, [time]: '2026-11-27T00:00:00Z', window: '30s', usage},
	],
};
const numbers = [
	'NaN',
	'+Inf',
	'-Inf',
	'-1',
	'1e400',
	'1.8446744073709552e+19',
	'{',
	'} ',
	'="',
	'\\"',
	'\\n',
	' 1 ',
	' -9e99',
];

export const KUBELET = [
	target('/stats/summary', 'a recorded answer', damagedJson(summary), async text => {
		assertNumbers(await soundly(() => decodeSummary(Buffer.from(text), NOW_MS)), QUANTITIES);
	}),
	target('/stats/summary, text', 'a recorded answer', damagedText([JSON.stringify(summary)]), async text => {
		assertNumbers(await soundly(() => decodeSummary(Buffer.from(text), NOW_MS)), QUANTITIES);
	}),
	target(
		'/metrics/resource',
		'a recorded answer',
		damagedText([linesOf('metrics-resource-1.prom', 4)], numbers),
		async text => {
			assertNumbers(await soundly(() => decodeResourceMetrics(Buffer.from(text), NOW_MS)), QUANTITIES);
		},
	),
	target(
		'/metrics/cadvisor',
		'a recorded answer',
		damagedText([linesOf('metrics-cadvisor-1.prom', 3)], numbers),
		async text => {
			assertNumbers(await soundly(() => decodeThrottling(Buffer.from(text), NOW_MS)), QUANTITIES);
		},
	),
	target(
		'metrics.k8s.io',
		'lists of metrics',
		fc.oneof(damagedJson(metricsList), damagedText([JSON.stringify(metricsList)])),
		async text => {
			assertNumbers(
				await soundly(() => [decodeNodeMetrics(parseJson(text)), decodePodMetrics(parseJson(text))]),
			);
		},
	),
];
