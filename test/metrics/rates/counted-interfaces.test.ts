import {describe, expect, test} from 'vitest';
import {countedInterfaces, type InterfaceLinks} from '../../../source/metrics/rates/counted-interfaces.ts';
import {INTERFACES} from '../interface-cases.ts';

/** Names of Windows, which have blanks. */
const WINDOWS: ReadonlyArray<readonly [names: readonly string[], counted: readonly string[]]> = [
	[['vEthernet (Ethernet)', 'Ethernet', 'vEthernet (nat)'], ['Ethernet']],
	[['vEthernet (Ethernet)'], ['vEthernet (Ethernet)']],
	[
		[
			'Hyper-V Virtual Ethernet Adapter',
			'Microsoft Hyper-V Network Adapter _2',
			'Mellanox ConnectX-4 Lx Virtual Ethernet Adapter',
		],
		['Microsoft Hyper-V Network Adapter _2'],
	],
];

test.each(INTERFACES)('of %s each byte counts once', (_what, names, counted) => {
	expect(countedInterfaces(names.split(' '))).toEqual(counted.split(' '));
	expect(countedInterfaces(names.split(' ').reverse()).toSorted()).toEqual(counted.split(' ').toSorted());
});

test.each(WINDOWS)('of %j each byte counts once', (names, counted) => {
	expect(countedInterfaces(names)).toEqual(counted);
});

test('nothing counts where there is nothing but loopback and the ends of pods’ interfaces', () => {
	expect(countedInterfaces(['lo', 'veth1', 'cni0'])).toEqual([]);
});

describe('what the kernel says', () => {
	const counted = (links: Readonly<Record<string, Partial<InterfaceLinks>>>): readonly string[] =>
		countedInterfaces(Object.keys(links), name => {
			const known = links[name];
			return known && {isDevice: false, master: undefined, lower: [], ...known};
		});

	test('of unknown names: devices are counted', () => {
		expect(
			counted({
				uplink: {lower: ['lan1', 'lan2']},
				lan1: {isDevice: true, master: 'uplink'},
				lan2: {isDevice: true, master: 'uplink'},
				office: {lower: ['uplink']},
			}),
		).toEqual(['lan1', 'lan2']);
	});

	test('of a virtual function: the device that it is enslaved to counts it', () => {
		expect(counted({net0: {isDevice: true}, net1: {isDevice: true, master: 'net0'}})).toEqual(['net0']);
	});

	test('of a machine without devices: what is under the others', () => {
		expect(counted({host0: {}, office: {lower: ['host0']}})).toEqual(['host0']);
	});
});
