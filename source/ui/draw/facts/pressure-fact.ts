import type {PressureReading} from '../../../metrics/model/reading.ts';
import {formatPercent, UNKNOWN} from '../../format/numbers.ts';
import {fact, highest, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/**
 * Pressure (PSI, avg10): the share of time in which some tasks waited for the resource, and in parentheses in which all
 * did. `CPU 3%, memory 0% (full 0%), I/O 12% (full 4%)`.
 */
export function pressureFact(pressure: PressureReading | undefined): Fact {
	const shares = (some: number | undefined, full: number | undefined): string =>
		`${orUnknown(some, value => formatPercent(value / 100))}${full === undefined ? '' : ` (full ${formatPercent(full / 100)})`}`;
	if (pressure === undefined) {
		return fact('Pressure', UNKNOWN);
	}

	const {cpuSomePercent, memorySomePercent, ioSomePercent} = pressure;
	return {
		label: 'Pressure',
		pieces: [
			`CPU ${shares(cpuSomePercent, pressure.cpuFullPercent)},`,
			`memory ${shares(memorySomePercent, pressure.memoryFullPercent)},`,
			`I/O ${shares(ioSomePercent, pressure.ioFullPercent)}`,
		],
		share: highest(
			...[cpuSomePercent, memorySomePercent, ioSomePercent].map(percent =>
				percent === undefined ? undefined : percent / 100,
			),
		),
	};
}
