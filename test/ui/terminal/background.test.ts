import {MessageChannel} from 'node:worker_threads';
import {expect, onTestFinished, test} from 'vitest';
import {type Background, BackgroundQuestion} from '../../../source/ui/terminal/background.ts';

test('an answer that arrived while modules were loaded for longer than the wait is read before the wait ends', async () => {
	const heard: Background[] = [];
	const question = new BackgroundQuestion(background => heard.push(background));
	// Like the input of a terminal, what a port receives is read after timers have run.
	const {port1, port2} = new MessageChannel();
	onTestFinished(() => port1.close());
	port1.on('message', report => question.take(report));
	const asking = question.ask(() => port2.postMessage('\u001B]11;rgb:ffff/ffff/ffff\u001B\\'));
	for (const endMs = performance.now() + 60; performance.now() < endMs; ) {
		// Busy.
	}

	await asking;
	expect(heard).toEqual(['light']);
});
