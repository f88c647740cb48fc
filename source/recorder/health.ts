import type {Sink} from './sink.ts';

/** The health of a recorder. Counters are cumulative since the start. */
export type RecorderHealth = {
	/** Since the last round, or the start before the first one, whatever the clock was set to meanwhile. */
	readonly idleMs: number;
	readonly resolutionMs: number;
	readonly rounds: number;
	/** Nodes read in the last round. */
	readonly nodesRead: number;
	readonly nodes: number;
	readonly reads: number;
	readonly readFailures: number;
	readonly lastRoundMs: number | undefined;
	readonly lastRoundTookMs: number | undefined;
	readonly sinks: readonly Sink[];
};

/** Rounds that may be missed before the recorder no longer counts as healthy. */
const ROUNDS_ALLOWED = 3;

/**
 * Why the recorder is unhealthy; undefined if it is healthy. An unreachable store is no reason: points wait for it, and a
 * restart would not help.
 */
export function unhealthyReason({idleMs, resolutionMs}: RecorderHealth): string | undefined {
	return idleMs > ROUNDS_ALLOWED * resolutionMs
		? `no round for ${Math.round(idleMs / 1000)} s, every ${Math.round(resolutionMs / 1000)} s`
		: undefined;
}

/** The health in one line, for stderr. */
export function describeHealth({rounds, nodesRead, nodes, readFailures, sinks}: RecorderHealth): string {
	const parts = sinks.map(({label, unit, counters}) => {
		const {written, refused, dropped, waitingBytes} = counters();
		return [
			`${label}: ${written} ${unit} written`,
			refused === 0 ? '' : `${refused} refused`,
			dropped === 0 ? '' : `${dropped} dropped`,
			waitingBytes === 0 ? '' : `${Math.ceil(waitingBytes / 1024)} KiB waiting`,
		]
			.filter(part => part !== '')
			.join(', ');
	});
	return [
		`round ${rounds}, ${nodesRead} of ${nodes} nodes read, ${readFailures} failed reads since the start`,
		...parts,
	].join('; ');
}

/** The counters in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export function healthMetrics(health: RecorderHealth): string {
	const lines: string[] = [];
	const metric = (
		name: string,
		type: 'counter' | 'gauge',
		help: string,
		values: ReadonlyArray<readonly [labels: string, value: number | undefined]>,
	): void => {
		lines.push(`# HELP ktop_record_${name} ${help}`, `# TYPE ktop_record_${name} ${type}`);
		for (const [labels, value] of values) {
			if (value !== undefined) {
				lines.push(`ktop_record_${name}${labels} ${value}`);
			}
		}
	};
	const ofSinks = (value: (sink: Sink) => number): ReadonlyArray<readonly [string, number]> =>
		health.sinks.map(sink => [`{sink=${JSON.stringify(sink.label)}}`, value(sink)]);
	metric('rounds_total', 'counter', 'Rounds of all nodes.', [['', health.rounds]]);
	metric('nodes', 'gauge', 'Nodes of this recorder.', [['', health.nodes]]);
	metric('nodes_read', 'gauge', 'Nodes read in the last round.', [['', health.nodesRead]]);
	metric('reads_total', 'counter', 'Reads of nodes.', [['', health.reads]]);
	metric('read_failures_total', 'counter', 'Reads of nodes that failed.', [['', health.readFailures]]);
	metric('last_round_timestamp_seconds', 'gauge', 'When the last round was due.', [
		['', health.lastRoundMs === undefined ? undefined : health.lastRoundMs / 1000],
	]);
	metric('last_round_duration_seconds', 'gauge', 'How long the last round took.', [
		['', health.lastRoundTookMs === undefined ? undefined : health.lastRoundTookMs / 1000],
	]);
	metric(
		'written_total',
		'counter',
		'Points or bytes written.',
		ofSinks(sink => sink.counters().written),
	);
	metric(
		'refused_total',
		'counter',
		'Points that the store refused.',
		ofSinks(sink => sink.counters().refused),
	);
	metric(
		'dropped_total',
		'counter',
		'Points given up, as the spool was full.',
		ofSinks(sink => sink.counters().dropped),
	);
	metric(
		'waiting_bytes',
		'gauge',
		'Bytes that wait for the store.',
		ofSinks(sink => sink.counters().waitingBytes),
	);
	metric(
		'write_failures_total',
		'counter',
		'Writes that failed.',
		ofSinks(sink => sink.counters().failures),
	);
	metric(
		'sink_up',
		'gauge',
		'Whether the sink takes what is written.',
		ofSinks(sink => Number(sink.counters().problem === undefined)),
	);
	return `${lines.join('\n')}\n`;
}
