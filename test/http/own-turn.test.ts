import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ownTurn} from '../../source/http/own-turn.ts';

/** Counts turns of the event loop while `work` goes on. */
async function withTurns(work: (turn: () => number) => Promise<unknown>): Promise<void> {
	let turn = 0;
	let isOver = false;
	const count = (): void => {
		turn++;
		if (!isOver) {
			setImmediate(count);
		}
	};
	setImmediate(count);
	await work(() => turn);
	isOver = true;
}

test('each caller gets its own turn of the event loop, in order', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({min: 1, max: 20}), async count => {
			await withTurns(async turn => {
				const turns: Array<readonly [number, number]> = [];
				await Promise.all(
					Array.from({length: count}, async (_, index) => {
						await ownTurn();
						turns.push([index, turn()]);
					}),
				);
				expect(turns.map(([index]) => index)).toEqual(Array.from({length: count}, (_, index) => index));
				expect(new Set(turns.map(([, each]) => each)).size).toBe(count);
			});
		}),
	);
});

test('a call during a turn gets a later one', async () => {
	await withTurns(async turn => {
		await ownTurn();
		const first = turn();
		await ownTurn();
		expect(turn()).toBeGreaterThan(first);
	});
});
