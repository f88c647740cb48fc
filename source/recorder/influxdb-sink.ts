import {createHash} from 'node:crypto';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {readStoreAccess} from '../connect/open-history.ts';
import {INFLUXDB_WORDS, influxdbClient} from '../history/influxdb/client.ts';
import {createBatchWriter} from '../history/influxdb/write/batch-writer.ts';
import {heapsterLines} from '../history/influxdb/write/heapster-lines.ts';
import {prepareDatabase} from '../history/influxdb/write/prepare-database.ts';
import {openSpool} from '../history/influxdb/write/spool.ts';
import {authorizationHeader} from '../history/store/store-login.ts';
import {createStoreEndpoint} from '../http/create-store-endpoint.ts';
import type {Reading} from '../metrics/model/reading.ts';
import type {Shard} from '../options/options.ts';
import type {InfluxdbSpec} from '../options/store-spec.ts';
import {pause} from '../scrape/pause.ts';
import type {Sink} from './sink.ts';

export type InfluxdbSinkOptions = {
	readonly spec: InfluxdbSpec;
	readonly shard: Shard | undefined;
	readonly timeoutMs: number;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Writes rounds into InfluxDB in Heapster's schema, through a spool on disk. */
export async function openInfluxdbSink(options: InfluxdbSinkOptions): Promise<Sink> {
	const {spec, shard, timeoutMs} = options;
	const {login, tls} = await readStoreAccess('--sink', spec);
	const url = new URL(spec.url);
	const spool = await openSpool(spoolFolder(options), spec.spoolBytes);
	const client = influxdbClient({
		url: spec.url,
		database: spec.database,
		login,
		tls,
		timeoutMs,
		flag: '--sink',
	});
	const endpoint = createStoreEndpoint({
		origin: url.origin,
		words: INFLUXDB_WORDS,
		tls,
		authorization: login && (async () => authorizationHeader(login, 'Token')),
	});
	const writer = createBatchWriter({
		endpoint,
		prefix: url.pathname.replace(/\/$/, ''),
		database: spec.database,
		prepare: signal => prepareDatabase(client, spec, signal),
		timeoutMs,
		spool,
		sleep: pause,
		random: Math.random,
	});
	const readings = new Map<string, Reading>();
	const end = new AbortController();
	const running = writer.run(end.signal);
	const written = {
		clusterName: spec.clusterName,
		hasFields: spec.hasFields,
		isWhole: shard === undefined || shard.count === 1,
	};
	return {
		label: `InfluxDB ${spec.database} at ${url.origin}`,
		unit: 'points',
		onNode: () => {},
		onGone: id => readings.delete(id),
		onReadings(id, all) {
			const newest = all.at(-1);
			if (newest !== undefined) {
				readings.set(id, newest);
			}
		},
		onState: () => {},
		async onRound({store, timeMs, nodeIds, isInventoryCurrent}) {
			const rowsOf = <L extends 'nodes' | 'pods' | 'containers'>(level: L) =>
				store.rows(level, {}, 'live', timeMs);
			const batches = heapsterLines(
				{
					nodes: rowsOf('nodes').filter(({id}) => nodeIds.has(id)),
					pods: rowsOf('pods').filter(({nodeId}) => nodeIds.has(nodeId)),
					containers: rowsOf('containers').filter(({nodeId}) => nodeIds.has(nodeId)),
					readings,
					isInventoryCurrent,
				},
				timeMs,
				written,
			);
			for (const batch of batches) {
				await writer.write(batch);
			}
		},
		counters() {
			const {pointsWritten, pointsRefused, pointsDropped, waitingBytes, failures, problem} =
				writer.counters();
			return {
				written: pointsWritten,
				refused: pointsRefused,
				dropped: pointsDropped,
				waitingBytes,
				failures,
				problem,
			};
		},
		hasEnded: () => false,
		async close(patienceMs) {
			await writer.drained(AbortSignal.timeout(patienceMs));
			end.abort();
			await running;
			await endpoint.close();
			await client.close();
			await spool.close();
		},
	};
}

/** A folder for each store and shard, so that two recorders never share one. */
function spoolFolder({spec, shard, environment}: InfluxdbSinkOptions): string {
	const state = environment.XDG_STATE_HOME || join(homedir(), '.local', 'state');
	const key = createHash('sha256')
		.update(JSON.stringify([spec.url, spec.database, spec.clusterName]))
		.digest('hex')
		.slice(0, 12);
	const part = shard === undefined ? key : `${key}-${shard.index}-of-${shard.count}`;
	return join(spec.spoolFolder ?? join(state, 'ktop-tui', 'spool'), part);
}
