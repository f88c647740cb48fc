import type {OpenSources} from '../connect/open-source.ts';
import {openSources} from '../connect/open-sources.ts';
import {processSurroundings} from '../connect/surroundings.ts';
import type {Log} from '../metrics/model/log.ts';
import type {OptionsOf} from '../options/options.ts';
import type {SinkSpec} from '../options/store-spec.ts';
import {Recorder} from '../recorder/recorder.ts';
import type {Sink} from '../recorder/sink.ts';
import {KubeletWorkers} from '../scrape/workers/kubelet-workers.ts';
import {exitCodeOf} from './exit-code.ts';
import {boundHeaps, leaveParserUnoptimized} from './v8-flags.ts';

/** Heapster's `--metric_resolution`. */
const USUAL_RESOLUTION_MS = 60_000;

/** How long the end waits for a store to take the remaining points; the spool keeps the rest. */
const LAST_WRITES_MS = 5000;

/**
 * Reads all nodes at whole multiples of the interval and writes them into the sinks, until it is stopped; the exit code,
 * which is 128 + N after signal N. All samples are in the store or on the disk by then.
 */
export async function record(options: OptionsOf<'record'>, log?: Log): Promise<number> {
	const stop = new AbortController();
	let endedBy: NodeJS.Signals | undefined;
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => {
			endedBy ??= signal;
			stop.abort();
		});
	}

	let recorder: Recorder | undefined;
	const heaps = boundHeaps(() => recorder?.nodeCount);
	leaveParserUnoptimized();
	const workers = new KubeletWorkers();
	const sources = await openSources(
		{
			...options,
			polling: {...options.polling, intervalMs: options.polling.intervalMs ?? USUAL_RESOLUTION_MS},
		},
		processSurroundings(() => false, log),
		workers.open,
	);
	const sinks: Sink[] = [];
	try {
		for (const spec of options.recording.sinks) {
			sinks.push(await openSink(spec, sources, options));
		}

		recorder = new Recorder(sources, sinks, options, log);
		heaps.renew();
		const exitCode = await recorder.run(stop.signal);
		return endedBy === undefined ? exitCode : exitCodeOf(endedBy);
	} finally {
		await Promise.allSettled(sinks.map(sink => sink.close(LAST_WRITES_MS)));
		recorder?.reportEnd();
		await sources.close();
		await workers.stop();
	}
}

async function openSink(spec: SinkSpec, sources: OpenSources, options: OptionsOf<'record'>): Promise<Sink> {
	switch (spec.kind) {
		case 'influxdb': {
			const {openInfluxdbSink} = await import('../recorder/influxdb-sink.ts');
			return openInfluxdbSink({
				spec,
				shard: options.recording.shard,
				timeoutMs: options.polling.requestTimeoutMs,
				environment: process.env,
			});
		}

		case 'file': {
			const {openFileSink} = await import('../recorder/file-sink.ts');
			return openFileSink(spec.path, sources);
		}
	}
}
