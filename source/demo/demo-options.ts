import {KtopError} from '../metrics/model/failure.ts';
import type {DemoOptions} from './model/cluster.ts';

const DEFAULTS: DemoOptions = {nodes: 12, pods: 240, seed: 1};

const BOUNDS: Readonly<Record<keyof DemoOptions, readonly [number, number]>> = {
	nodes: [1, 5000],
	pods: [0, 150_000],
	seed: [0, 2 ** 32 - 1],
};

const FIX = 'write it like demo:nodes=12,pods=240,seed=1; each part may be left out';

/**
 * Parses the part after `demo:` in `--source demo:nodes=12,pods=240,seed=1`; the prefix itself is optional. Throws
 * `KtopError` (`usage`) for an unknown or repeated name, and for a value that is not a number or out of bounds.
 */
export function parseDemoOptions(text: string): DemoOptions {
	const given = new Map<keyof DemoOptions, number>();
	const list = text.replace(/^demo(?::|$)/, '').trim();
	for (const part of list === '' ? [] : list.split(',')) {
		const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part.trim()) ?? [];
		if (!isName(name)) {
			throw badOption(`demo source has no option ${JSON.stringify(name)}`, FIX);
		}

		if (given.has(name)) {
			throw badOption(`demo source is given ${name} twice`, `leave one ${name}= out`);
		}

		const [least, most] = BOUNDS[name];
		const number = Number(value);
		if (!/^\d{1,10}$/.test(value) || number < least || number > most) {
			throw badOption(
				`demo source cannot take ${name}=${JSON.stringify(value).slice(1, -1)}`,
				`give ${name} a whole number from ${least} to ${most}`,
			);
		}

		given.set(name, number);
	}

	return {...DEFAULTS, ...Object.fromEntries(given)};
}

function isName(name: string): name is keyof DemoOptions {
	return Object.hasOwn(BOUNDS, name);
}

function badOption(message: string, hint: string): KtopError {
	return new KtopError({code: 'usage', brief: 'bad demo option', message, hint});
}
