import type {PodInfo} from '../model/inventory.ts';
import type {PodReading} from '../model/reading.ts';
import type {PodRow} from '../model/row.ts';
import {Volumes} from '../model/volumes.ts';
import type {RingMoment} from '../rings/tick-ring.ts';
import {type FigurePlace, type FigureRoom, type KeptFigures, NO_FIGURES} from './figure-room.ts';
import {type OnNode, PackedRow} from './packed-row.ts';
import {PLACES, USAGE_NUMBERS} from './packed-usage.ts';
import type {PastFigures} from './past-figures.ts';

const EPHEMERAL_STORAGE_USED_BYTES = USAGE_NUMBERS;
const CONTAINER_COUNT = USAGE_NUMBERS + 1;

/** How many numbers a pod takes. */
export const POD_NUMBERS = USAGE_NUMBERS + 2;

/** Those that a reading of CPU and memory alone leaves out. */
const HELD = [PLACES.swapUsageBytes, PLACES.processCount, EPHEMERAL_STORAGE_USED_BYTES];

/** What seldom changes of a pod: one object for all of its rows. */
export type PodIdentity = Pick<PodRow, 'id' | 'namespace' | 'name' | 'uid' | 'isHostNetwork'> & {
	readonly on: OnNode;
};

/** What is known of a pod beside its figures. */
export type PodFacts = Pick<PodRow, 'summed' | 'info'> & {readonly volumes: Volumes};

/** Of a pod that was not read yet. */
const NO_FACTS: PodFacts = {volumes: Volumes.NONE, summed: {cpu: false, memory: false}, info: undefined};

/** The row of a pod that its node reports: see `PackedUsage`. Without private methods, for which each row would have a field more. */
export class PackedPod extends PackedRow<PodIdentity> implements PodRow {
	readonly #volumes: Volumes;
	readonly #summed: PodRow['summed'];
	readonly #info: PodInfo | undefined;

	constructor(identity: PodIdentity, kept: KeptFigures, {volumes, summed, info}: PodFacts) {
		super(identity, kept);
		this.#volumes = volumes;
		this.#summed = summed;
		this.#info = info;
	}

	/** A pod that was not read yet. */
	static unread(identity: PodIdentity): PackedPod {
		return new PackedPod(identity, NO_FIGURES, NO_FACTS);
	}

	/** Writes what a reading tells of a pod beside its usage. */
	static write({figures, at}: FigurePlace, {ephemeralStorage}: PodReading, containerCount: number): void {
		figures[at + EPHEMERAL_STORAGE_USED_BYTES] = ephemeralStorage?.usedBytes ?? Number.NaN;
		figures[at + CONTAINER_COUNT] = containerCount;
	}

	/** Writes what a reading of CPU and memory alone lacks. */
	holdRest(place: FigurePlace): void {
		this.hold(place, HELD);
	}

	/** The same figures beside another record of the API server. */
	withInfo(info: PodInfo | undefined): PackedPod {
		return new PackedPod(this.identity, this.kept, {
			volumes: this.#volumes,
			summed: this.#summed,
			info,
		});
	}

	/** Of a reading that does not contain the pod. */
	unmeasured(room: FigureRoom): PackedPod {
		return new PackedPod(this.identity, this.unmeasuredFigures(POD_NUMBERS, room), this);
	}

	/** The same, whose figures are read from the rings when they are asked for. */
	readAt(figures: PastFigures, moment: RingMoment | undefined): PackedPod {
		return new PastPod(this, figures, moment);
	}

	setBack(byMs: number, room: FigureRoom): PackedPod {
		return new PackedPod(this.identity, this.figuresSetBack(byMs, room), this);
	}

	get kind(): 'pod' {
		return 'pod';
	}

	get namespace(): string {
		return this.identity.namespace;
	}

	get uid(): string | undefined {
		return this.identity.uid;
	}

	get isHostNetwork(): boolean {
		return this.identity.isHostNetwork;
	}

	get ephemeralStorageUsedBytes(): number | undefined {
		return this.figure(EPHEMERAL_STORAGE_USED_BYTES);
	}

	get containerCount(): number | undefined {
		return this.figure(CONTAINER_COUNT);
	}

	get volumes(): Volumes {
		return this.#volumes;
	}

	get summed(): PodRow['summed'] {
		return this.#summed;
	}

	get info(): PodInfo | undefined {
		return this.#info;
	}
}

/** A pod at a moment of the rings. */
class PastPod extends PackedPod {
	readonly #now: PackedPod;
	readonly #figures: PastFigures;
	readonly #moment: RingMoment | undefined;

	/** `now`: the same at another moment, with figures that do not change. */
	constructor(now: PackedPod, figures: PastFigures, moment: RingMoment | undefined) {
		super(now.identity, NO_FIGURES, now);
		this.#now = now;
		this.#figures = figures;
		this.#moment = moment;
	}

	override numberAt(place: number): number {
		return this.#figures.pastNumberAt(place, this.#moment) ?? this.#now.numberAt(place);
	}
}
