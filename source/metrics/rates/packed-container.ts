import type {ContainerInfo, PodInfo} from '../model/inventory.ts';
import {memoryBound} from '../model/memory-limit.ts';
import type {ContainerKind, ContainerReading, PodReference} from '../model/reading.ts';
import type {ContainerRow} from '../model/row.ts';
import type {RingMoment} from '../rings/tick-ring.ts';
import {type FigurePlace, type FigureRoom, type KeptFigures, NO_FIGURES} from './figure-room.ts';
import {type OnNode, PackedRow} from './packed-row.ts';
import {PLACES, USAGE_NUMBERS} from './packed-usage.ts';
import type {PastFigures} from './past-figures.ts';

const CPU_LIMIT_CORES = USAGE_NUMBERS;
const MEMORY_LIMIT_BYTES = USAGE_NUMBERS + 1;
const THROTTLED_RATIO = USAGE_NUMBERS + 2;
const ROOT_FILESYSTEM_USED_BYTES = USAGE_NUMBERS + 3;
const LOG_USED_BYTES = USAGE_NUMBERS + 4;

/** The places of series beside those of a usage. */
export const KEPT_OF_CONTAINER = {throttledRatio: THROTTLED_RATIO};

/** How many numbers a container takes. */
export const CONTAINER_NUMBERS = USAGE_NUMBERS + 5;

/** Those that a reading of CPU and memory alone leaves out. */
const HELD = [PLACES.swapUsageBytes, PLACES.processCount, ROOT_FILESYSTEM_USED_BYTES, LOG_USED_BYTES];

/** What seldom changes of a container: one object for all of its rows. */
export type ContainerIdentity = Pick<ContainerRow, 'id' | 'pod' | 'name' | 'containerKind' | 'image'> & {
	readonly on: OnNode;
};

/** What the API server says of a container and of its pod. */
export type ContainerFacts = Pick<ContainerRow, 'podInfo' | 'info'>;

/** Of a container that was not read yet. */
const NO_FACTS: ContainerFacts = {podInfo: undefined, info: undefined};

/** The row of a container that its node reports: see `PackedUsage`, and `PackedPod` for the lack of private methods. */
export class PackedContainer extends PackedRow<ContainerIdentity> implements ContainerRow {
	readonly #podInfo: PodInfo | undefined;
	readonly #info: ContainerInfo | undefined;

	constructor(identity: ContainerIdentity, kept: KeptFigures, {podInfo, info}: ContainerFacts) {
		super(identity, kept);
		this.#podInfo = podInfo;
		this.#info = info;
	}

	/** A container that was not read yet. */
	static unread(identity: ContainerIdentity): PackedContainer {
		return new PackedContainer(identity, NO_FIGURES, NO_FACTS);
	}

	/** Writes what a reading tells of a container beside its usage; limits that are in force. */
	static write(
		{figures, at}: FigurePlace,
		{cpuLimitCores, memory, rootFilesystem, logFilesystem}: ContainerReading,
		throttledRatio: number,
	): void {
		figures[at + CPU_LIMIT_CORES] = cpuLimitCores ?? Number.NaN;
		figures[at + MEMORY_LIMIT_BYTES] = memory?.limitBytes ?? Number.NaN;
		figures[at + THROTTLED_RATIO] = throttledRatio;
		figures[at + ROOT_FILESYSTEM_USED_BYTES] = rootFilesystem?.usedBytes ?? Number.NaN;
		figures[at + LOG_USED_BYTES] = logFilesystem?.usedBytes ?? Number.NaN;
	}

	/** Writes what a reading of CPU and memory alone lacks. */
	holdRest(place: FigurePlace): void {
		this.hold(place, HELD);
	}

	/** The same figures beside other records of the API server. */
	withInfo(podInfo: PodInfo | undefined, info: ContainerInfo | undefined): PackedContainer {
		return new PackedContainer(this.identity, this.kept, {podInfo, info});
	}

	/** Of a reading that does not contain the container. */
	unmeasured(room: FigureRoom): PackedContainer {
		return new PackedContainer(this.identity, this.unmeasuredFigures(CONTAINER_NUMBERS, room), this);
	}

	/** The same, whose figures are read from the rings when they are asked for. */
	readAt(figures: PastFigures, moment: RingMoment | undefined): PackedContainer {
		return new PastContainer(this, figures, moment);
	}

	setBack(byMs: number, room: FigureRoom): PackedContainer {
		return new PackedContainer(this.identity, this.figuresSetBack(byMs, room), this);
	}

	get kind(): 'container' {
		return 'container';
	}

	get pod(): PodReference | undefined {
		return this.identity.pod;
	}

	get containerKind(): ContainerKind {
		return this.identity.containerKind;
	}

	get image(): string | undefined {
		return this.identity.image;
	}

	get cpuLimitCores(): number | undefined {
		return this.figure(CPU_LIMIT_CORES) ?? this.#info?.limits.cpuCores;
	}

	get memoryLimitBytes(): number | undefined {
		return this.memoryBound().memoryLimitBytes;
	}

	override get memoryAvailableBytes(): number | undefined {
		return this.memoryBound().memoryAvailableBytes;
	}

	get throttledRatio(): number | undefined {
		return this.figure(THROTTLED_RATIO);
	}

	get rootFilesystemUsedBytes(): number | undefined {
		return this.figure(ROOT_FILESYSTEM_USED_BYTES);
	}

	get logUsedBytes(): number | undefined {
		return this.figure(LOG_USED_BYTES);
	}

	get podInfo(): PodInfo | undefined {
		return this.#podInfo;
	}

	get info(): ContainerInfo | undefined {
		return this.#info;
	}

	private memoryBound(): Pick<ContainerRow, 'memoryLimitBytes' | 'memoryAvailableBytes'> {
		return memoryBound(
			{
				memoryWorkingSetBytes: this.memoryWorkingSetBytes,
				memoryAvailableBytes: super.memoryAvailableBytes,
			},
			this.figure(MEMORY_LIMIT_BYTES),
			this.#podInfo,
			this.#info,
		);
	}
}

/** A container at a moment of the rings. */
class PastContainer extends PackedContainer {
	readonly #now: PackedContainer;
	readonly #figures: PastFigures;
	readonly #moment: RingMoment | undefined;

	/** `now`: the same at another moment, with figures that do not change. */
	constructor(now: PackedContainer, figures: PastFigures, moment: RingMoment | undefined) {
		super(now.identity, NO_FIGURES, now);
		this.#now = now;
		this.#figures = figures;
		this.#moment = moment;
	}

	override numberAt(place: number): number {
		return this.#figures.pastNumberAt(place, this.#moment) ?? this.#now.numberAt(place);
	}
}
