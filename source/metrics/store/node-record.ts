import {fullestOf, fullness} from '../model/fullness.ts';
import type {NodeState} from '../model/node-state.ts';
import {plainUsage} from '../model/plain-row.ts';
import type {ContainerReading, PodReading, PodReference, Reading} from '../model/reading.ts';
import type {KeptName, NodeRow, PodRow, ProcessRow, SeriesName} from '../model/row.ts';
import {KEPT_OF_NODE, LEAST_OF, SERIES_OF} from '../model/series.ts';
import {UNKNOWN_NODE, UNKNOWN_POD} from '../model/unknown-reading.ts';
import type {HistoryWindow, Span} from '../model/view.ts';
import {Volumes} from '../model/volumes.ts';
import {asWritten, DRAFT, type FigurePlace, FigureRoom} from '../rates/figure-room.ts';
import {CONTAINER_NUMBERS, type ContainerIdentity, PackedContainer} from '../rates/packed-container.ts';
import {PackedPod, POD_NUMBERS, type PodIdentity} from '../rates/packed-pod.ts';
import type {OnNode} from '../rates/packed-row.ts';
import {PackedUsage, PLACES} from '../rates/packed-usage.ts';
import {
	type Block,
	CONTAINER_FORMS,
	NODE_FORMS,
	POD_FORMS,
	STANDALONE_FORMS,
	Tracked,
	type TrackedKind,
} from '../rates/tracked.ts';
import {UsageTracker} from '../rates/usage-tracker.ts';
import {type Merge, placesOf} from '../rings/downsampling.ts';
import {Packing} from '../rings/packing.ts';
import {SeriesSlab} from '../rings/series-slab.ts';
import {TickRing, valueAt} from '../rings/tick-ring.ts';
import type {WindowSteps} from '../rings/window-steps.ts';
import {HeldRest, hasNetworkRates, heldPressure, withRestOfNode} from './held-rest.ts';
import {NodeParts} from './node-parts.ts';
import {NodeProcesses} from './node-processes.ts';
import {PodContainers, sumPod} from './pod-usage.ts';
import {unreadNode} from './unread-node.ts';

const packingsOf = (series: readonly KeptName[]): readonly Packing[] =>
	series.map(name => new Packing(LEAST_OF[name]));

/** How rings keep the series of each kind of object. */
const PACKINGS = {
	node: packingsOf(KEPT_OF_NODE),
	pod: packingsOf(SERIES_OF.pod),
	container: packingsOf(SERIES_OF.container),
	standalone: packingsOf(SERIES_OF.standalone),
};

type Kind = keyof typeof PACKINGS;

/** Few enough that a node with five containers wastes little, enough that many objects need few allocations. */
const SLOTS_AT_ONCE = 8;

/** A node, pod or container, of which rings keep some series. */
export type WithSeries = Pick<Tracked<TrackedKind>, 'columnOf' | 'valuesOf'>;

export type RingSize = {
	/** How many moments each node's rings hold: the window divided by the interval. */
	readonly capacity: number;
	/** How far apart the moments are, where that is known: a value stands for at least some such steps. */
	readonly intervalMs?: number | undefined;
};

/** Adds the history of one object in the steps of its node to `into`. */
export function addSteps(
	into: Float64Array,
	object: WithSeries,
	series: SeriesName,
	steps: WindowSteps,
): void {
	const column = object.columnOf(series);
	if (column !== undefined) {
		const values = object.valuesOf(column);
		steps.addTo(into, position => valueAt(values, position));
	}
}

/** One node: its row, its pods and containers, and their rings, which share one ring of sample times. */
export class NodeRecord {
	readonly id: string;
	readonly ticks: TickRing;
	readonly node: Tracked<'node'>;
	/** By uid, or `namespace/name` where the source tells none. */
	readonly pods = new Map<string, Tracked<'pod'>>();
	/** By the id of their rows. */
	readonly containers = new Map<string, Tracked<'container'>>();
	readonly #blocks: {
		readonly node: Block<'node'>;
		readonly pod: Block<'pod'>;
		readonly container: Block<'container'>;
		readonly standalone: Block<'container'>;
	};
	readonly #parts = new NodeParts();
	readonly #processes = new NodeProcesses();
	readonly #rest = new HeldRest();
	/** How many figures of the last reading were known. */
	#figures = 0;
	#revision = 0;
	#membership = 0;
	#memberSinceMs = Number.NEGATIVE_INFINITY;
	/** The name that the node was added with, which is its name in the cluster. */
	readonly name: string;
	/** The name of its cluster, where several are read. */
	readonly cluster: string | undefined;
	readonly #isNamed: boolean;
	/** As the rows of its pods and containers have it. */
	#on: OnNode;

	/** `isNamed`: the name comes from the cluster and is kept, whatever name readings carry. */
	constructor(
		id: string,
		name: string,
		{capacity, intervalMs}: RingSize,
		isNamed: boolean,
		cluster?: string,
	) {
		this.id = id;
		this.cluster = cluster;
		this.#isNamed = isNamed;
		this.#on = {cluster, nodeId: id, node: name};
		this.name = name;
		this.ticks = new TickRing(capacity, intervalMs);
		const block = <K extends TrackedKind>(
			kind: Kind,
			series: readonly KeptName[],
			forms: Block<K>['forms'],
			slotsAtOnce = SLOTS_AT_ONCE,
		): Block<K> => ({
			series,
			ticks: this.ticks,
			slab: new SeriesSlab(PACKINGS[kind], capacity, slotsAtOnce),
			tracker: new UsageTracker(kind !== 'container', slotsAtOnce),
			forms,
		});
		// Not spread into others, for which V8 would make a shape for each node.
		this.#blocks = {
			node: block('node', KEPT_OF_NODE, NODE_FORMS, 1),
			pod: block('pod', SERIES_OF.pod, POD_FORMS),
			container: block('container', SERIES_OF.container, CONTAINER_FORMS),
			standalone: block('standalone', SERIES_OF.standalone, STANDALONE_FORMS),
		};
		this.node = new Tracked<'node'>(this.#blocks.node, unreadNode(id, name, cluster), 0);
	}

	/** Grows with every change of a row of the node, its pods or its containers. */
	get revision(): number {
		return this.#revision;
	}

	/** Changes when a pod or container comes, goes, is another than before or of other times: what a join with the inventory depends on. */
	get membership(): number {
		return this.#membership;
	}

	/** When `membership` changed last: what was there since then is what is there now. */
	get memberSinceMs(): number {
		return this.#memberSinceMs;
	}

	/** Those of the newest reading, if it lists them. */
	get processes(): readonly ProcessRow[] {
		return this.#processes.rows;
	}

	/** The pod that a row is of. */
	podOf({uid, namespace, name}: Pick<PodRow, 'uid' | 'namespace' | 'name'>): Tracked<'pod'> | undefined {
		return this.pods.get(uid ?? joined(namespace, name));
	}

	/** Must be called after changing rows from outside. */
	touch(): void {
		this.#revision++;
	}

	/** Bytes of all rings, used or free. */
	get byteLength(): number {
		return this.#slabs.reduce((bytes, slab) => bytes + slab.byteLength, 0);
	}

	/** How many series have rings, used or free. */
	get series(): number {
		return this.#slabs.reduce((series, slab) => series + slab.series, 0);
	}

	/** Keeps the past on this number of levels, see `Downsampling`: means of means where there were fewer. */
	downsample(levels: number): void {
		if (levels !== this.ticks.levels) {
			const sources = this.ticks.arrange(levels);
			for (const slab of this.#slabs) {
				slab.arrange(placesOf(this.ticks.capacity, levels), sources);
			}
		}
	}

	get #slabs(): readonly SeriesSlab[] {
		return Object.values(this.#blocks).map(({slab}) => slab);
	}

	readonly #merge: Merge = (from, other, into) => {
		for (const slab of this.#slabs) {
			slab.merge(from, other, into);
		}
	};

	setState(state: NodeState): void {
		this.#revision++;
		this.node.update({...this.node.row, state});
	}

	/**
	 * Adds one reading; drops it if it is not later than the newest one. `cores` is the node's number of cores in the
	 * inventory.
	 */
	apply(reading: Reading, cores = reading.node?.cpuCapacityCores): void {
		const newestMs = this.ticks.newestMs;
		if (newestMs !== undefined && reading.receivedAtMs <= newestMs) {
			return;
		}

		this.#revision++;
		const membership = this.#membership;
		const name = this.#isNamed ? this.name : (reading.nodeName ?? this.name);
		if (name !== this.#on.node) {
			this.#on = {cluster: this.cluster, nodeId: this.id, node: name};
		}

		const restReceivedAtMs = this.#rest.observe(reading);
		const applied: Applied = {
			reading,
			restReceivedAtMs,
			cores,
			pods: new Map(),
			keysOfNames: undefined,
			room: new FigureRoom(this.#figures),
			isNew: false,
		};
		const byCgroup = new Map<string, Tracked<'container'>>();
		for (const container of reading.containers) {
			const tracked = this.#applyContainer(applied, container);
			if (container.cgroup !== undefined && reading.processes !== undefined) {
				byCgroup.set(container.cgroup, tracked);
			}
		}

		this.#processes.observe(reading, {id: this.id, name}, cgroup => byCgroup.get(cgroup)?.row);
		for (const pod of reading.pods) {
			this.#applyPod(applied, pod);
		}

		this.#applyNode(applied, reading.pods.length + this.#applyMissingPods(applied));
		const position = applied.isNew ? this.ticks.push(reading.receivedAtMs, this.#merge) : undefined;
		if (position !== undefined) {
			this.node.record(position);
		}

		this.#figures = applied.room.used;
		this.#membership +=
			settle(this.pods, applied, position, this.ticks.oldestMs) +
			settle(this.containers, applied, position, this.ticks.oldestMs);
		if (membership !== this.#membership) {
			this.#memberSinceMs = reading.receivedAtMs;
		}
	}

	/** ktop's clock was set back: known times move with it, or no new sample would be later. */
	setBack(byMs: number): void {
		this.ticks.setBack(byMs);
		this.#membership++;
		this.#memberSinceMs -= byMs;
		this.#rest.setBack(byMs);
		const room = new FigureRoom(this.#figures);
		for (const object of [this.node, ...this.pods.values(), ...this.containers.values()]) {
			object.setBack(byMs, room);
		}

		const {state} = this.node.row;
		this.setState(
			state.kind === 'failed'
				? {...state, sinceMs: state.sinceMs - byMs, retryAtMs: state.retryAtMs - byMs}
				: state,
		);
	}

	/** Makes the newest values of deleted pods unknown. */
	blank(pods: Iterable<Tracked<'pod'>>): void {
		const {newestPosition} = this.ticks;
		if (newestPosition !== undefined) {
			for (const pod of pods) {
				pod.blank(newestPosition);
			}
		}
	}

	/** Adds the history of one object, resampled to the window, to `into`. */
	resampleInto(into: Float64Array, object: WithSeries, series: SeriesName, window: HistoryWindow): void {
		addSteps(into, object, series, this.ticks.stepsIn(window));
	}

	/** Puts the known values of one object within a span into `into`; returns how many there are. */
	knownWithin(into: Float64Array, object: WithSeries, series: SeriesName, span: Span): number {
		const column = object.columnOf(series);
		return column === undefined ? 0 : this.ticks.knownWithin(into, span, object.valuesOf(column));
	}

	/** The newest sample of a series and the time until which it is held; NaN where there is none. */
	newest(
		object: WithSeries,
		series: SeriesName,
	): {readonly value: number; readonly timeMs: number; readonly untilMs: number} {
		const column = object.columnOf(series);
		const {newestMs, newestPosition, heldForMs} = this.ticks;
		if (column === undefined || newestMs === undefined || newestPosition === undefined) {
			return NO_SAMPLE;
		}

		return {
			value: valueAt(object.valuesOf(column), newestPosition),
			timeMs: newestMs,
			untilMs: newestMs + heldForMs,
		};
	}

	/** Some kubelets and old endpoints report containers only. Returns how many pods they are of. */
	#applyMissingPods(applied: Applied): number {
		let count = 0;
		for (const {pod, isReported} of applied.pods.values()) {
			if (!isReported) {
				this.#applyPod(applied, {pod, ...UNKNOWN_POD});
				count++;
			}
		}

		return count;
	}

	#applyNode(applied: Applied, podCount: number): void {
		const {reading, restReceivedAtMs, cores} = applied;
		const read = reading.node ?? UNKNOWN_NODE;
		const isHeld = restReceivedAtMs !== undefined;
		const before = this.node.row;
		const node = isHeld ? withRestOfNode(read, before) : read;
		const fullest = fullestOf(node.filesystems);
		const isNetworkHeld = isHeld && hasNetworkRates(before);
		const split = this.node.observe(reading, node, DRAFT, cores, undefined, isNetworkHeld);
		this.#noteArrival(applied, DRAFT);
		this.node.update({
			...before,
			...plainUsage(new PackedUsage(asWritten(DRAFT, split, node.pressure))),
			name: this.#on.node,
			cpuCapacityCores: before.info?.capacity.cpuCores ?? node.cpuCapacityCores,
			memoryCapacityBytes: before.info?.capacity.memoryBytes ?? node.memoryCapacityBytes,
			...this.#parts.observe(node, reading),
			...(isHeld ? {interfaces: before.interfaces} : {}),
			restReceivedAtMs,
			filesystems: node.filesystems,
			fullestFilesystem: fullest?.name,
			filesystemUsedBytes: fullest?.usedBytes,
			filesystemFullRatio: fullest && fullness(fullest),
			filesystemCapacityBytes: fullest?.capacityBytes,
			...runningOn(reading, podCount),
		});
	}

	#applyPod(applied: Applied, pod: PodReading): void {
		const {reading, restReceivedAtMs, cores, pods, room} = applied;
		const isHeld = restReceivedAtMs !== undefined;
		const key = this.#podKey(applied, pod.pod);
		const containers = pods.get(key);
		if (containers !== undefined) {
			containers.isReported = true;
		}

		const tracked = this.pods.get(key) ?? this.#trackPod(key, pod, applied);
		const {row: before, isGone} = tracked;
		const identity = this.#podIdentity(
			before.identity,
			key,
			pod.pod,
			isHeld ? before.isHostNetwork : pod.isHostNetwork,
		);
		const isNetworkHeld = isHeld && hasNetworkRates(before);
		const split = tracked.observe(reading, pod, DRAFT, cores, containers, isNetworkHeld);
		PackedPod.write(DRAFT, pod, containers?.count ?? Number.NaN);
		if (isHeld) {
			before.holdRest(DRAFT);
		}

		const summed = sumPod(DRAFT, pod, containers);
		this.#noteArrival(applied, DRAFT);
		const pressure = isHeld ? heldPressure(pod.pressure, before.pressure) : pod.pressure;
		const volumes = isHeld ? before.volumes : Volumes.of(pod.volumes).keptFrom(before.volumes);
		const {info} = before;
		const kept = room.keep(POD_NUMBERS, split, pressure);
		tracked.update(new PackedPod(identity, kept, {volumes, summed, info}));
		this.#membership += Number(isGone || identity !== before.identity);
	}

	#trackPod(key: string, {pod, isHostNetwork}: PodReading, {reading}: Applied): Tracked<'pod'> {
		const row = PackedPod.unread(this.#podIdentity(undefined, key, pod, isHostNetwork));
		const tracked = new Tracked<'pod'>(this.#blocks.pod, row, reading.receivedAtMs);
		this.pods.set(key, tracked);
		this.#membership++;
		return tracked;
	}

	/** Whether any object of the reading has a new sample: else it is no new moment. */
	#noteArrival(applied: Applied, {figures, at}: FigurePlace): void {
		applied.isNew ||= figures[at + PLACES.receivedAtMs] === applied.reading.receivedAtMs;
	}

	/** The one before, as long as nothing of it is another. */
	#podIdentity(
		before: PodIdentity | undefined,
		key: string,
		{namespace, name, uid}: PodReference,
		isHostNetwork: boolean,
	): PodIdentity {
		return before !== undefined &&
			before.on === this.#on &&
			before.namespace === namespace &&
			before.name === name &&
			(uid === undefined || before.uid === uid) &&
			before.isHostNetwork === isHostNetwork
			? before
			: {
					id: before?.id ?? joined(this.id, key),
					on: this.#on,
					namespace,
					name,
					uid: uid ?? before?.uid,
					isHostNetwork,
				};
	}

	#applyContainer(applied: Applied, container: ContainerReading): Tracked<'container'> {
		const {reading, restReceivedAtMs, cores, pods, room} = applied;
		const isHeld = restReceivedAtMs !== undefined;
		const podKey = container.pod && this.#podKey(applied, container.pod);
		const id = podKey === undefined ? joined(this.id, container.id) : joined(this.id, podKey, container.name);
		const tracked = this.containers.get(id) ?? this.#trackContainer(id, container, applied);
		const {row: before, isGone} = tracked;
		const identity = this.#containerIdentity(before.identity, id, container);
		const split = tracked.observe(reading, container, DRAFT, cores);
		PackedContainer.write(DRAFT, container, tracked.throttledRatio);
		if (isHeld) {
			before.holdRest(DRAFT);
		}

		this.#noteArrival(applied, DRAFT);
		const pressure = isHeld ? heldPressure(container.pressure, before.pressure) : container.pressure;
		const row = new PackedContainer(identity, room.keep(CONTAINER_NUMBERS, split, pressure), before);
		tracked.update(row);
		this.#membership += Number(isGone || identity !== before.identity);
		addToPod(pods, podKey, row, container);
		return tracked;
	}

	#trackContainer(id: string, container: ContainerReading, {reading}: Applied): Tracked<'container'> {
		const {standalone, container: inPod} = this.#blocks;
		const hasNetwork = container.pod === undefined && container.network !== undefined;
		const row = PackedContainer.unread(this.#containerIdentity(undefined, id, container));
		const tracked = new Tracked<'container'>(hasNetwork ? standalone : inPod, row, reading.receivedAtMs);
		this.containers.set(id, tracked);
		this.#membership++;
		return tracked;
	}

	/** The one before, as long as nothing of it is another. */
	#containerIdentity(
		before: ContainerIdentity | undefined,
		id: string,
		{pod, name, kind, image}: ContainerReading,
	): ContainerIdentity {
		return before !== undefined &&
			before.on === this.#on &&
			isSameReference(before.pod, pod) &&
			before.name === name &&
			before.containerKind === kind &&
			before.image === image
			? before
			: {
					id: before?.id ?? id,
					on: this.#on,
					pod: isSameReference(before?.pod, pod) ? before?.pod : pod,
					name,
					containerKind: kind,
					image,
				};
	}

	/** Not every route of a kubelet reports the uid. */
	#podKey(applied: Applied, pod: PodReference): string {
		if (pod.uid !== undefined) {
			return pod.uid;
		}

		const named = joined(pod.namespace, pod.name);
		applied.keysOfNames ??= this.#keysOfNames(applied.reading);
		return applied.keysOfNames.get(named) ?? named;
	}

	#keysOfNames({containers, pods}: Reading): ReadonlyMap<string, string> {
		const keys = new Map<string, string>();
		for (const [key, {row}] of this.pods) {
			keys.set(joined(row.namespace, row.name), key);
		}

		for (const {pod} of [...containers, ...pods]) {
			if (pod?.uid !== undefined) {
				keys.set(joined(pod.namespace, pod.name), pod.uid);
			}
		}

		return keys;
	}
}

/** One reading while it is added. */
type Applied = {
	readonly reading: Reading;
	/** When what the reading leaves out was received, where that still holds. */
	readonly restReceivedAtMs: number | undefined;
	readonly cores: number | undefined;
	/** The containers of each pod, by the pod's key. */
	readonly pods: Map<string, PodContainers>;
	/** `namespace/name` to the pod's key, where the reading has a pod without a uid. */
	keysOfNames: ReadonlyMap<string, string> | undefined;
	/** Where the figures of the reading's rows are. */
	readonly room: FigureRoom;
	/** Whether any object had a new sample. */
	isNew: boolean;
};

function addToPod(
	pods: Map<string, PodContainers>,
	podKey: string | undefined,
	row: PackedContainer,
	reading: ContainerReading,
): void {
	if (podKey === undefined || reading.pod === undefined) {
		return;
	}

	const containers = pods.get(podKey) ?? new PodContainers(reading.pod);
	pods.set(podKey, containers);
	containers.add(row, reading);
}

const NO_SAMPLE = {value: Number.NaN, timeMs: Number.NaN, untilMs: Number.NaN};

/** A text to be kept. V8 keeps what is put together by + or a template as its parts, and as the whole beside them once it is a key. */
function joined(...parts: readonly string[]): string {
	return parts.join('/');
}

function isSameReference(one: PodReference | undefined, other: PodReference | undefined): boolean {
	return one?.uid === other?.uid && one?.name === other?.name && one?.namespace === other?.namespace;
}

/**
 * Marks objects that the reading left out, writes all to the rings, and forgets those that no ring holds any more. Returns
 * how many are gone since.
 */
function settle<K extends 'pod' | 'container'>(
	objects: Map<string, Tracked<K>>,
	{reading, room}: Applied,
	position: number | undefined,
	oldestMs: number | undefined,
): number {
	let gone = 0;
	for (const [key, object] of objects) {
		if (object.lastSeenMs !== reading.receivedAtMs) {
			const wasGone = object.isGone;
			object.miss(room);
			gone += Number(object.isGone && !wasGone);
			if (object.isGone && (oldestMs === undefined || object.lastSeenMs < oldestMs)) {
				object.release();
				objects.delete(key);
				gone++;
				continue;
			}
		}

		if (position !== undefined) {
			object.record(position);
		}
	}

	return gone;
}

/** Pods without containers do not mean that none runs: some runtimes report only the pod as a whole. */
function runningOn(
	{containers, isOfNodeAlone}: Reading,
	podCount: number,
): Pick<NodeRow, 'podCount' | 'containerCount'> {
	let count = 0;
	for (const {kind} of containers) {
		count += Number(kind === 'container');
	}

	return isOfNodeAlone === true
		? {podCount: undefined, containerCount: undefined}
		: {podCount, containerCount: count === 0 && podCount > 0 ? undefined : count};
}
