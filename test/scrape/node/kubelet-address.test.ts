import {describe, expect, test} from 'vitest';
import type {NodeAddress} from '../../../source/metrics/model/inventory.ts';
import {kubeletAddress} from '../../../source/scrape/node/kubelet-address.ts';

const internal: NodeAddress = {type: 'InternalIP', address: '10.240.0.10'};
const external: NodeAddress = {type: 'ExternalIP', address: '192.0.2.7'};
const hostname: NodeAddress = {type: 'Hostname', address: 'node-a'};
const dns: NodeAddress = {type: 'InternalDNS', address: 'node-a.internal'};
const six: NodeAddress = {type: 'InternalIP', address: 'fd00::10'};

function node(...addresses: readonly NodeAddress[]) {
	return {addresses, kubeletPort: 10250, isVirtual: false};
}

describe('kubeletAddress', () => {
	test('prefers the internal address and verifies the host name there', () => {
		expect(kubeletAddress(node(hostname, external, internal))).toEqual({
			url: 'https://10.240.0.10:10250',
			serverName: 'node-a',
		});
	});

	test('takes the types in the order asked for', () => {
		expect(kubeletAddress(node(internal, external, hostname), ['ExternalIP', 'InternalIP'])?.url).toBe(
			'https://192.0.2.7:10250',
		);
	});

	test('takes the first of two addresses of a type (dual stack)', () => {
		expect(kubeletAddress(node(six, internal))?.url).toBe('https://[fd00::10]:10250');
	});

	test('needs no other server name when connecting by name', () => {
		expect(kubeletAddress(node(dns, hostname), ['InternalDNS'])).toEqual({
			url: 'https://node-a.internal:10250',
			serverName: undefined,
		});
	});

	test('has no server name where the host name is an address', () => {
		const {serverName} = kubeletAddress(node(internal, {type: 'Hostname', address: '10.240.0.10'})) ?? {};
		expect(serverName).toBeUndefined();
	});

	test('uses the port that the node reports, else 10250', () => {
		expect(kubeletAddress({...node(internal), kubeletPort: 20250})?.url).toBe('https://10.240.0.10:20250');
		expect(kubeletAddress({...node(internal), kubeletPort: undefined})?.url).toBe(
			'https://10.240.0.10:10250',
		);
	});

	test('has no way to a node without a wanted address, nor to a virtual one', () => {
		expect(kubeletAddress(node(hostname), ['InternalIP'])).toBeUndefined();
		expect(kubeletAddress({...node(internal), isVirtual: true})).toBeUndefined();
	});
});
