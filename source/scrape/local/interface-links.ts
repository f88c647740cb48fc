import {basename} from 'node:path';
import type {InterfaceLinks} from '../../metrics/rates/counted-interfaces.ts';
import type {Machine} from './machine.ts';

const FOLDER = '/sys/class/net';
const LOWER = 'lower_';

/** `Slave Interface: eno1` of a bond, `Device: eth0` of a VLAN. */
const BELOW = /^(?:Slave Interface|Device): *(\S+)/gm;

/**
 * The lower interfaces of bonds and VLANs from /sys/class/net, or from /proc/net if that is not mounted. Reads only the
 * requested interfaces.
 */
export function interfaceLinks(machine: Machine): (name: string) => InterfaceLinks | undefined {
	const known = new Map<string, InterfaceLinks | undefined>();
	return name => {
		if (!known.has(name)) {
			known.set(name, readLinks(machine, name) ?? readStack(machine, name));
		}

		return known.get(name);
	};
}

function readStack(machine: Machine, name: string): InterfaceLinks | undefined {
	const text = machine.read(`/proc/net/bonding/${name}`) ?? machine.read(`/proc/net/vlan/${name}`);
	const lower = [...(text ?? '').matchAll(BELOW)].flatMap(([, below]) => below ?? []);
	return text === undefined ? undefined : {isDevice: false, master: undefined, lower};
}

function readLinks(machine: Machine, name: string): InterfaceLinks | undefined {
	const entries = machine.list(`${FOLDER}/${name}`);
	const master = machine.link(`${FOLDER}/${name}/master`);
	return entries.length === 0
		? undefined
		: {
				isDevice: entries.includes('device'),
				master: master && basename(master),
				lower: entries.filter(entry => entry.startsWith(LOWER)).map(entry => entry.slice(LOWER.length)),
			};
}
