import {type Controller, type Controllers, controllerKey} from '../../metrics/model/controller.ts';
import type {Log} from '../../metrics/model/log.ts';
import {createCollectionStore} from './collection-store.ts';
import {decodeDaemonSet, decodeReplicated} from './controller-decoder.ts';
import {createInventoryStatus} from './inventory-status.ts';
import {keepCollection, keepWithin, type Reflecting} from './keep-collection.ts';
import {CONTROLLER_RESOURCES, type ControllerResource} from './listed-resource.ts';
import {controllersTarget, type InventoryScope} from './target.ts';

const DECODERS: Readonly<Record<ControllerResource, (object: unknown) => Controller | undefined>> = {
	deployments: decodeReplicated('Deployment'),
	statefulsets: decodeReplicated('StatefulSet'),
	daemonsets: decodeDaemonSet,
};

export type ControllerWatch = {
	readonly items: Controllers;
	/**
	 * Lists and watches until `signal` aborts; does nothing from the second call on. Resolves when each resource was listed or
	 * refused.
	 */
	readonly start: (signal: AbortSignal) => Promise<void>;
	/** Resolves when what was started has ended. */
	readonly ended: () => Promise<unknown>;
};

/**
 * The Deployments, StatefulSets and DaemonSets of the scope, for how many pods they want. They are read from the first
 * look at workloads on, because most users look at pods, and some have no right to them: without it nothing is here, and
 * nothing else is missing.
 */
export function createControllerWatch(
	scope: InventoryScope,
	reflecting: Reflecting,
	{
		now,
		onChange,
		log,
	}: {readonly now: () => number; readonly onChange: () => void; readonly log?: Log | undefined},
): ControllerWatch {
	const store = createCollectionStore<Controller>(controllerKey, onChange);
	const status = createInventoryStatus(now, () => {}, log);
	let started: {readonly running: Promise<unknown>; readonly listed: Promise<void>} | undefined;

	const keep = (resource: ControllerResource, signal: AbortSignal): Promise<void> =>
		keepWithin<Controller>(
			scope,
			(namespace, until, intercept) =>
				keepCollection(
					controllersTarget(resource, namespace),
					{store, status, decode: DECODERS[resource], reflecting},
					until,
					intercept,
				),
			signal,
		);

	return {
		items: store.items,
		start: signal => {
			if (started === undefined) {
				const running = Promise.all(CONTROLLER_RESOURCES.map(resource => keep(resource, signal)));
				// Once: it is asked for with each frame, and what waits for the end of a watch is kept until then.
				started = {running, listed: Promise.race([status.settled(), running.then(() => {})])};
			}

			return started.listed;
		},
		ended: async () => started?.running,
	};
}
