import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cpuLimitV1, cpuUsageV1, memoryV1, throttlingV1} from '../../../source/scrape/local/cgroup-v1.ts';
import {cpuV2, memoryV2} from '../../../source/scrape/local/cgroup-v2.ts';
import {parseFlatKeyed} from '../../../source/scrape/local/flat-keyed.ts';
import {parseKernelNumber} from '../../../source/scrape/local/kernel-number.ts';
import {nodeMemory, parseMeminfo} from '../../../source/scrape/local/meminfo.ts';
import {parseMountinfo} from '../../../source/scrape/local/mountinfo.ts';
import {parseNetDev} from '../../../source/scrape/local/net-dev.ts';
import {parsePressure} from '../../../source/scrape/local/pressure.ts';
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
