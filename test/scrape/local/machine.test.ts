import {describe, expect, test} from 'vitest';
import {onceAtATime, openMachine, within} from '../../../source/scrape/local/machine.ts';
import {buildMachine} from './machine-tree.ts';

describe('a machine’s files', () => {
	test('that are not there are undefined or empty, and nothing throws', async () => {
		const machine = openMachine(buildMachine({'a/b': 'text'}));
		expect(machine.read('/a/b')).toBe('text');
		expect([machine.read('/a'), machine.read('/c'), machine.link('/a/b'), machine.folder('/c')]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
		expect([machine.list('/c'), machine.folders('/a'), machine.folders('/')]).toEqual([[], [], ['a']]);
		expect(await machine.filesystem('/c')).toBeUndefined();
	});
});

describe('a file system that does not answer', () => {
	const never = new Promise<string>(() => {});

	test('is given up after a while', async () => {
		expect(await within(10, never)).toBeUndefined();
	});

	test('is not asked again while the first question is open, others are', async () => {
		const asked: string[] = [];
		const ask = onceAtATime(path => {
			asked.push(path);
			return path === '/dead' ? never : Promise.resolve('answer');
		});
		void ask('/dead');
		expect([await ask('/dead'), await ask('/well'), await ask('/well')]).toEqual([
			undefined,
			'answer',
			'answer',
		]);
		expect(asked).toEqual(['/dead', '/well', '/well']);
	});

	test('is asked again after the question was answered with an error', async () => {
		let count = 0;
		const ask = onceAtATime(async () => {
			count++;
			throw new Error('EIO');
		});
		await expect(ask('/sick')).rejects.toThrow('EIO');
		await expect(ask('/sick')).rejects.toThrow('EIO');
		expect(count).toBe(2);
	});

	test('that fails counts as one that has no size', async () => {
		expect(await within(1000, Promise.reject(new Error('EIO')))).toBeUndefined();
	});
});
