import {basename} from 'node:path';
import type {OpenSources} from '../connect/open-source.ts';
import type {RecordedInventory} from '../history/recording/recorded-event.ts';
import {openRecording} from '../history/recording/recording-writer.ts';
import {type Failure, KtopError} from '../metrics/model/failure.ts';
import type {ClusterInventory, PodInfo} from '../metrics/model/inventory.ts';
import {plainPodInfo} from '../metrics/model/listed-pod.ts';
import type {Sink} from './sink.ts';

/** Writes a recording for `ktop replay`. The file is complete after each round. */
export async function openFileSink(path: string, sources: OpenSources): Promise<Sink> {
	const {label, context, kubernetesVersion, isDemo, intervalMs, inventory} = sources;
	const writer = await openRecording(path, {
		startedAtMs: Date.now(),
		label,
		context,
		kubernetesVersion,
		isDemo,
		intervalMs,
		hasInventory: inventory !== undefined,
	});
	let problem: Failure | undefined;
	let failures = 0;
	let inventoryVersion = -1;
	return {
		label: basename(path),
		unit: 'bytes',
		onNode: (id, name, atMs) => writer.write({kind: 'node', id, name, atMs}),
		onGone: (id, atMs) => writer.write({kind: 'gone', id, atMs}),
		onReadings(id, readings) {
			for (const reading of readings) {
				writer.write({kind: 'reading', id, atMs: reading.receivedAtMs, reading});
			}
		},
		onState: (id, state, atMs) => writer.write({kind: 'state', id, state, atMs}),
		async onRound() {
			if (inventory !== undefined && inventory.version() !== inventoryVersion) {
				inventoryVersion = inventory.version();
				writer.write({kind: 'inventory', atMs: Date.now(), inventory: recorded(inventory)});
			}

			try {
				await writer.flush();
			} catch (error) {
				if (!(error instanceof KtopError)) {
					throw error;
				}

				problem = error.toFailure();
				failures++;
			}
		},
		counters: () => ({
			written: writer.bytes(),
			refused: 0,
			dropped: 0,
			waitingBytes: 0,
			failures,
			problem,
		}),
		// A missing line cannot be made up for: each line is a difference to the one before.
		hasEnded: () => problem !== undefined,
		close: () => writer.close(),
	};
}

/** A pod that did not change is the same object: what is written are differences. */
const plainPods = new WeakMap<PodInfo, PodInfo>();

function plainOf(info: PodInfo): PodInfo {
	const plain = plainPods.get(info) ?? plainPodInfo(info);
	plainPods.set(info, plain);
	return plain;
}

function recorded(inventory: ClusterInventory): RecordedInventory {
	return {
		nodes: Object.fromEntries(inventory.nodes()),
		pods: Object.fromEntries(Array.from(inventory.pods(), ([uid, info]) => [uid, plainOf(info)])),
		hasAllPods: inventory.hasAllPods(),
		isSelective: inventory.isSelective,
		isCurrent: inventory.isCurrent?.(),
	};
}
