import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {MessageBatch} from '../../../source/scrape/workers/message-batch.ts';

function posted() {
	const posts: Array<{readonly messages: readonly string[]; readonly buffers: number}> = [];
	const batch = new MessageBatch<string>((messages, transferred) =>
		posts.push({messages, buffers: transferred.length}),
	);
	return {posts, batch};
}

test('Messages of one turn are posted together, in their order, with all of their buffers', async () => {
	const {posts, batch} = posted();
	batch.send('first', [new ArrayBuffer(8)]);
	await Promise.resolve();
	batch.send('second');
	batch.send('third', [new ArrayBuffer(8), new ArrayBuffer(8)]);
	expect(posts).toEqual([]);
	await setImmediate();
	expect(posts).toEqual([{messages: ['first', 'second', 'third'], buffers: 3}]);
});

test('Messages of another turn are posted again, and none twice', async () => {
	const {posts, batch} = posted();
	batch.send('first');
	await setImmediate();
	batch.send('second');
	await setImmediate();
	await setImmediate();
	expect(posts.map(({messages}) => messages)).toEqual([['first'], ['second']]);
});
