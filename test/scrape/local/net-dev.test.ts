import {describe, expect, test} from 'vitest';
import {parseNetDev} from '../../../source/scrape/local/net-dev.ts';

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

	test('with only loopback is unknown', () => {
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
