import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {Player} from '../../../source/history/recording/player.ts';
import {readRecording} from '../../../source/history/recording/read-recording.ts';
import {ReplayedInventory} from '../../../source/history/recording/replayed-inventory.ts';
import {PRINTED_LEVELS} from '../../../source/metrics/model/levels.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {formatCsv} from '../../../source/output/format-csv.ts';
import {formatTable} from '../../../source/output/format-table.ts';
import {printedOrder} from '../../../source/output/printed-order.ts';
import {takeSnapshot} from '../../../source/output/snapshot.ts';
import {snapshotLine} from '../../../source/output/snapshot-json.ts';
import {damagedJson} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {soundly} from '../soundness.ts';
import {target} from '../target.ts';

const packed = readFileSync(join(import.meta.dirname, '../../fixtures/recording/format-1.ktop'));
const lines = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
const events = lines.map(line => JSON.parse(line));

const file = join(mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'ktop-fuzz-')), 'a.ktop');

/** Plays all of a recording into a store, and prints what is in it. */
async function play(bytes: Buffer): Promise<void> {
	writeFileSync(file, bytes);
	await soundly(async () => {
		const recording = await readRecording(file);
		const inventory = new ReplayedInventory();
		const store = new Store({capacity: 4, staleAfterMs: 30_000, inventory});
		const player = new Player({recording, store, inventory});
		for (;;) {
			const atMs = await player.peekMs();
			if (atMs === undefined) {
				break;
			}

			await player.playTo(atMs);
		}

		const nowMs = player.newestMs;
		for (const level of PRINTED_LEVELS) {
			const view = store.view({level, sort: printedOrder(level), windowMs: 60_000}, 'live', nowMs);
			formatCsv(view, nowMs, true);
			formatTable(view);
		}

		const snapshot = takeSnapshot(store, {
			nowMs,
			sourceLabel: recording.header.label,
			context: recording.header.context,
			kubernetesVersion: recording.header.kubernetesVersion,
			isDemo: recording.header.isDemo,
			notices: [],
			staleAfterMs: 30_000,
			level: 'pods',
			query: {},
		});
		JSON.parse([...snapshotLine(snapshot)].join(''));
	});
}

export const RECORDINGS = [
	target(
		'recordings, text',
		'a recording',
		damagedText([lines.join('\n')], ['\n', '[["', '{"="', '"~":', '"#":']),
		text => play(Buffer.from(text)),
	),
	target(
		'recordings, values',
		'a recording',
		fc
			.nat(lines.length - 1)
			.chain(at => damagedJson(events[at]).map(line => `${lines.with(at, line).join('\n')}\n`)),
		text => play(Buffer.from(text)),
	),
	target(
		'recordings, gzip',
		'a recording',
		fc.tuple(
			fc.oneof(
				fc.constant(packed),
				damagedText([lines.join('\n')]).map(text => gzipSync(text)),
			),
			fc.double({min: 0, max: 1, noNaN: true}),
			fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(255)), {maxLength: 4}),
		),
		([whole, share, flips]) => {
			const bytes = Buffer.from(whole.subarray(0, Math.ceil(share * whole.length)));
			for (const [at, byte] of flips) {
				bytes[Math.floor(at * bytes.length)] = byte;
			}

			return play(bytes);
		},
	),
];
