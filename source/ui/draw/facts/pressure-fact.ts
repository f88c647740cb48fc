import type {PressureReading} from '../../../metrics/model/reading.ts';
import {formatPercent, UNKNOWN} from '../../format/numbers.ts';
import {fact, highest, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

export function pressureFact(pressure: PressureReading | undefined): Fact {
	const of = (some: number | undefined, full: number | undefined): string =>
		`${orUnknown(some, value => formatPercent(value / 100))}${full === undefined ? '' : ` (all ${formatPercent(full / 100)})`}`;
	if (pressure === undefined) {
		return fact('Pressure', UNKNOWN);
	}

	const {cpuSomePercent, memorySomePercent, ioSomePercent} = pressure;
	return {
		label: 'Pressure',
		pieces: [
			`CPU ${of(cpuSomePercent, pressure.cpuFullPercent)},`,
			`memory ${of(memorySomePercent, pressure.memoryFullPercent)},`,
			`disk ${of(ioSomePercent, pressure.ioFullPercent)}`,
		],
		share: highest(
			...[cpuSomePercent, memorySomePercent, ioSomePercent].map(percent =>
				percent === undefined ? undefined : percent / 100,
			),
		),
	};
}
