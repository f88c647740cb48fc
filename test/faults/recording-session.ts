import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ConnectionEnvironment} from '../../source/cluster/connection/options.ts';
import {openSources} from '../../source/connect/open-sources.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {openInfluxdbSink} from '../../source/recorder/influxdb-sink.ts';
import {Recorder} from '../../source/recorder/recorder.ts';
import type {Sink} from '../../source/recorder/sink.ts';
import type {OnEnd} from './session.ts';

const SURROUNDINGS: ConnectionEnvironment = {
	environment: {},
	homeDirectory: '/nonexistent',
	now: Date.now,
	isInteractive: () => false,
};

/** Records what the flags name, as `ktop record FLAGS` does, into stores alone. Spools are in a folder of their own. */
export async function record(flags: readonly string[], onEnd: OnEnd): Promise<readonly Sink[]> {
	const parsed = parseOptions(['record', ...flags], {});
	if (parsed.kind !== 'record') {
		throw new Error('problems' in parsed ? parsed.problems.join('; ') : parsed.kind);
	}

	const {options} = parsed;
	const sources = await openSources(options, SURROUNDINGS);
	const folder = mkdtempSync(join(tmpdir(), 'ktop-spools-'));
	const sinks: Sink[] = [];
	for (const spec of options.recording.sinks) {
		if (spec.kind === 'influxdb') {
			sinks.push(
				await openInfluxdbSink({
					spec: {...spec, spoolFolder: folder},
					shard: undefined,
					timeoutMs: options.polling.requestTimeoutMs,
					environment: {},
				}),
			);
		}
	}

	const stop = new AbortController();
	const running = new Recorder(sources, sinks, options).run(stop.signal);
	onEnd(async () => {
		stop.abort();
		await running;
		await Promise.all(sinks.map(sink => sink.close(0)));
		await sources.close();
	});
	return sinks;
}
