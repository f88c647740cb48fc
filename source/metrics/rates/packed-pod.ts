import type {PodInfo} from '../model/inventory.ts';
import type {VolumeReading} from '../model/reading.ts';
import type {PodRow, Usage} from '../model/row.ts';
import type {FigurePlace, FigureRoom} from './figure-room.ts';
import {PackedRow} from './packed-row.ts';
import {
	NO_VALUES,
	numbersWith,
	PAST,
	type PastValues,
	packUsage,
	partsOf,
	setUsageBack,
	USAGE_NUMBERS,
	type UsageParts,
} from './packed-usage.ts';

const EPHEMERAL_STORAGE_USED_BYTES = USAGE_NUMBERS;
const CONTAINER_COUNT = USAGE_NUMBERS + 1;

/** How many numbers a pod takes. */
export const POD_NUMBERS = USAGE_NUMBERS + 2;

/** What seldom changes of a pod: one object for all of its rows. */
export type PodIdentity = Pick<
	PodRow,
	'id' | 'cluster' | 'nodeId' | 'node' | 'namespace' | 'name' | 'uid' | 'isHostNetwork'
>;

/** What a reading tells of a pod beside its usage. */
export type PodFacts = {
	readonly ephemeralStorageUsedBytes: number | undefined;
	readonly containerCount: number | undefined;
	readonly volumes: readonly VolumeReading[];
	readonly summed: PodRow['summed'];
	readonly info: PodInfo | undefined;
};

/** The row of a pod that its node reports: see `PackedUsage`. */
export class PackedPod extends PackedRow<PodIdentity> implements PodRow {
	readonly #volumes: readonly VolumeReading[];
	readonly #summed: PodRow['summed'];
	readonly #info: PodInfo | undefined;

	private constructor(
		identity: PodIdentity,
		place: FigurePlace,
		parts: UsageParts,
		{volumes, summed, info}: Pick<PodFacts, 'volumes' | 'summed' | 'info'>,
	) {
		super(identity, place, parts);
		this.#volumes = volumes;
		this.#summed = summed;
		this.#info = info;
	}

	static of(identity: PodIdentity, usage: Usage, facts: PodFacts, room: FigureRoom): PackedPod {
		const place = room.place(POD_NUMBERS);
		packUsage(usage, place);
		const {figures, at} = place;
		figures[at + EPHEMERAL_STORAGE_USED_BYTES] = facts.ephemeralStorageUsedBytes ?? Number.NaN;
		figures[at + CONTAINER_COUNT] = facts.containerCount ?? Number.NaN;
		return new PackedPod(identity, place, partsOf(usage), facts);
	}

	/** The same figures beside another record of the API server. */
	withInfo(info: PodInfo | undefined): PackedPod {
		return new PackedPod(this.identity, this.place, this.parts, {
			volumes: this.#volumes,
			summed: this.#summed,
			info,
		});
	}

	/** Of a reading that does not contain the pod. */
	unmeasured(room: FigureRoom): PackedPod {
		return this.past(undefined, NO_VALUES, room);
	}

	/** As it was at a past moment. */
	past(timeMs: number | undefined, values: PastValues, room: FigureRoom): PackedPod {
		const place = room.place(numbersWith(PAST, POD_NUMBERS));
		this.writePast(place, timeMs, values, POD_NUMBERS);
		return this.#at(place, PAST);
	}

	setBack(byMs: number, room: FigureRoom): PackedPod {
		const place = room.place(numbersWith(this.parts, POD_NUMBERS));
		this.copyTo(place, POD_NUMBERS);
		setUsageBack(place, byMs);
		return this.#at(place, this.parts);
	}

	#at(place: FigurePlace, parts: UsageParts): PackedPod {
		return new PackedPod(this.identity, place, parts, {
			volumes: this.#volumes,
			summed: this.#summed,
			info: this.#info,
		});
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

	get volumes(): readonly VolumeReading[] {
		return this.#volumes;
	}

	get summed(): PodRow['summed'] {
		return this.#summed;
	}

	get info(): PodInfo | undefined {
		return this.#info;
	}
}
