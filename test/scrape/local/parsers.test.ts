import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cpuLimitV1, cpuUsageV1, memoryV1, throttlingV1} from '../../../source/scrape/local/cgroup-v1.ts';
import {cpuV2, memoryV2} from '../../../source/scrape/local/cgroup-v2.ts';
import {parseFlatKeyed} from '../../../source/scrape/local/flat-keyed.ts';
import {parseKernelNumber} from '../../../source/scrape/local/kernel-number.ts';
import {nodeMemory, parseMeminfo} from '../../../source/scrape/local/meminfo.ts';
import {parseMountinfo} from '../../../source/scrape/local/mountinfo.ts';
import {parseNetDev} from '../../../source/scrape/local/net-dev.ts';
import {parseMachinePressure, parsePressure} from '../../../source/scrape/local/pressure.ts';
import {parseProcStat} from '../../../source/scrape/local/proc-stat.ts';
import {
	parseDockerConfig,
	parseLogLinks,
	parsePodFolders,
	parseStorageList,
	parseTaskSpec,
} from '../../../source/scrape/local/runtime-files.ts';

/** Swap of v1 may be the difference of two files, which is 0 where both say the same; hence one of them is missing. */
const parsers: ReadonlyArray<readonly [string, (text: string) => unknown]> = [
	['a number', parseKernelNumber],
	['flat keyed', parseFlatKeyed],
	['/proc/stat', parseProcStat],
	['/proc/meminfo', text => nodeMemory(parseMeminfo(text), parseFlatKeyed(text), 1)],
	['/proc/net/dev', text => parseNetDev(text, 1)],
	['pressure', text => parsePressure({cpu: text, memory: text, io: text})],
	['mountinfo', parseMountinfo],
	[
		'cgroup v1',
		text => [
			cpuUsageV1(() => text),
			throttlingV1(() => text),
			cpuLimitV1(() => text),
			memoryV1(name => (name.includes('memsw') ? undefined : text)),
		],
	],
	['cgroup v2', text => [cpuV2(() => text), memoryV2(() => text)]],
	['Docker configuration', parseDockerConfig],
	['task specification', parseTaskSpec],
	['storage list', parseStorageList],
	['log links', text => parseLogLinks([text])],
	['pod folders', text => parsePodFolders([text])],
];

/** Words of the real formats among garbage, so that more than the first test of a parser is reached. */
const nearlyReal = fc
	.array(
		fc.oneof(
			fc.constantFrom('cpu ', 'cpu0 1 ', 'btime ', 'eth0:', 'MemTotal: ', ' kB', 'some ', 'full ', ' avg10='),
			fc.constantFrom(
				'nr_periods ',
				'usage_usec ',
				'inactive_file ',
				' - ',
				'\n',
				' ',
				'max ',
				'-1',
				'{"Name":',
			),
			fc.constantFrom('18446744073709551615', '9223372036854775808', '1e9', '0x10', 'NaN', '1.5', '[null]'),
			fc.string(),
			fc.nat().map(String),
		),
		{maxLength: 60},
	)
	.map(parts => parts.join(''));

function numbersIn(value: unknown): readonly number[] {
	if (typeof value === 'number') {
		return [value];
	}

	if (value instanceof Map) {
		return [...value.values()].flatMap(numbersIn);
	}

	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('text that is not what it should be', () => {
	test.each(parsers)('never makes the reader of %s throw or give an impossible number', (_name, parse) => {
		fc.assert(
			fc.property(nearlyReal, text => {
				expect(numbersIn(parse(text)).filter(value => !(value >= 0 && value < 2 ** 74))).toEqual([]);
			}),
		);
	});

	test.each(parsers)('gives the reader of %s no zero where the text has none', (_name, parse) => {
		fc.assert(
			fc.property(nearlyReal, text => {
				fc.pre(!text.includes('0'));
				expect(numbersIn(parse(text)).filter(value => value === 0)).toEqual([]);
			}),
		);
	});

	test.each(parsers)('leaves all unknown to the reader of %s where there is nothing', (_name, parse) => {
		expect(numbersIn(parse(''))).toEqual([]);
	});
});

describe('a number of the kernel', () => {
	test.each([
		['0\n', 0],
		['4096\n', 4096],
		['9223372036854771712\n', 2 ** 63 - 4096],
		['max\n', undefined],
		['-1\n', undefined],
		['9223372036854775808', undefined],
		['18446744073709551615', undefined],
		['1.5', undefined],
		['0x10', undefined],
		['12 34', undefined],
		['', undefined],
		[undefined, undefined],
	])('%j is %s', (text, value) => {
		expect(parseKernelNumber(text)).toBe(value);
	});
});

describe('/proc/stat', () => {
	test('counts as busy all but idle, waiting for disks, and guests’ time that is in user already', () => {
		expect(parseProcStat('cpu  1 20 300 9999 9999 4000 50000 600000 9999 9999\n').busyNanoseconds).toBe(
			6_543_210_000_000,
		);
	});

	test('is read in ticks of another length where the machine has them', () => {
		expect(parseProcStat('cpu  1024 0 0 0\n', 1024).busyNanoseconds).toBe(1e9);
	});

	test('of a kernel before 2.6 has only four fields', () => {
		expect(parseProcStat('cpu  1 2 3 4\n').busyNanoseconds).toBe(60_000_000);
	});

	test('with a field that cannot be true tells no busy time, and still its boot', () => {
		expect(parseProcStat('cpu  1 2 18446744073709551615 4 5 6 7 8\nbtime 17\n')).toEqual({
			busyNanoseconds: undefined,
			onlineCpus: undefined,
			bootTimeMs: 17_000,
		});
	});
});

describe('/proc/net/dev', () => {
	const head = 'Inter-| Receive | Transmit\n face |bytes\n';

	test('leaves out bonds and VLANs, whose bytes the interfaces under them count', () => {
		const text = `${head}eth0: 10 0 1 0 0 0 0 0 20 0 2 0 0 0 0 0\nbond0: 10 0 1 0 0 0 0 0 20 0 2 0 0 0 0 0\n`;
		expect(
			parseNetDev(text, 5, name =>
				name === 'bond0' ? {isDevice: false, master: undefined, lower: ['eth0']} : undefined,
			),
		).toEqual({
			timeMs: 5,
			interfaces: 'eth0',
			rxBytes: 10,
			txBytes: 20,
			rxErrors: 1,
			txErrors: 2,
		});
	});

	test('with nothing but loopback tells nothing', () => {
		expect(parseNetDev(`${head}    lo: 10 0 1 0 0 0 0 0 20 0 2 0 0 0 0 0\n`, 5)).toBeUndefined();
	});

	test('keeps the other figures where one cannot be true', () => {
		expect(parseNetDev('eth0: 18446744073709551615 0 1 0 0 0 0 0 20 0 2 0 0 0 0 0\n', 5)).toEqual({
			timeMs: 5,
			interfaces: 'eth0',
			rxBytes: undefined,
			txBytes: 20,
			rxErrors: 1,
			txErrors: 2,
		});
	});
});

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

describe('mountinfo', () => {
	test('has any number of optional fields, and spaces written in octal', () => {
		const text = `36 35 98:0 /sub\\040dir /mnt\\011x rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue
37 35 98:1 / /y rw - xfs /dev/b rw
`;
		expect(parseMountinfo(text)).toEqual([
			{
				device: '98:0',
				root: '/sub dir',
				mountPoint: '/mnt\tx',
				type: 'ext3',
				superOptions: ['rw', 'errors=continue'],
			},
			{device: '98:1', root: '/', mountPoint: '/y', type: 'xfs', superOptions: ['rw']},
		]);
	});
});
