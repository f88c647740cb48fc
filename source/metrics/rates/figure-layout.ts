import type {CpuSplit} from '../model/cpu-split.ts';
import type {PressureReading} from '../model/reading.ts';
import type {Usage} from '../model/row.ts';

/** Of a figure that is unknown. */
export const NOWHERE = -1;

/** Which figures of an object are known, in their order: those alone have room. Beside it what of a usage is no number. */
export type FigureLayout = Pick<Usage, 'cpuSplit' | 'pressure'> & {
	/** By its place, how many known figures are before a figure, or `NOWHERE`. */
	readonly offsets: readonly number[];
	/** How many are known. */
	readonly count: number;
};

/** The most figures that an object has, each of which is a bit. */
const MOST_FIGURES = 24;

/** More than any cluster was seen to have: objects of a kind mostly have the same figures. */
const MOST_LAYOUTS = 1024;

/** One object for all that are equal. */
const layouts = new Map<number, FigureLayout>();

function newLayout(bits: number): FigureLayout {
	let count = 0;
	const offsets = Array.from({length: MOST_FIGURES}, (_, place) => ((bits >> place) & 1 ? count++ : NOWHERE));
	return {offsets, count, cpuSplit: undefined, pressure: undefined};
}

/** Has room for all figures, known or not. */
export const WHOLE = newLayout(-1);

/** The layout of known figures: the bit of each is set. */
export function layoutOf(bits: number): FigureLayout {
	const known = layouts.get(bits);
	if (known !== undefined) {
		return known;
	}

	if (layouts.size >= MOST_LAYOUTS) {
		return WHOLE;
	}

	const layout = newLayout(bits);
	layouts.set(bits, layout);
	return layout;
}

/** The same beside these, which few objects have. */
export function layoutWith(
	layout: FigureLayout,
	cpuSplit: CpuSplit | undefined,
	pressure: PressureReading | undefined,
): FigureLayout {
	return cpuSplit === undefined && pressure === undefined
		? layout
		: {offsets: layout.offsets, count: layout.count, cpuSplit, pressure};
}
