import {describe, expect, test} from 'vitest';
import {parseMachinePressure, parsePressure} from '../../../source/scrape/local/pressure.ts';

describe('pressure', () => {
	test('of the machine has no full share of CPU, for which the kernel writes zeros', () => {
		const cpu =
			'some avg10=3.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
		const files = {cpu, memory: undefined, io: undefined};
		expect(parsePressure(files)).toMatchObject({cpuSomePercent: 3, cpuFullPercent: 0});
		expect(parseMachinePressure(files)).toMatchObject({cpuSomePercent: 3, cpuFullPercent: undefined});
	});

	test('is unknown as a whole where no file is', () => {
		expect(parsePressure({cpu: undefined, memory: undefined, io: undefined})).toBeUndefined();
	});
});
