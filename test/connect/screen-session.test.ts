import {expect, onTestFinished, test} from 'vitest';
import {openScreenSession} from '../../source/connect/screen-session.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

test('an answer of the history store is told from the readings of a round: somebody waits for it', async () => {
	const parsed = parseOptions(['--source', 'demo:nodes=2,pods=4', '--interval', '500ms'], {});
	if (parsed.kind !== 'run') {
		throw new Error(parsed.kind);
	}

	const changes: boolean[] = [];
	const session = await openScreenSession(
		parsed.options,
		{environment: {}, homeDirectory: '/nonexistent', now: Date.now, isInteractive: () => false},
		isAsked => changes.push(isAsked),
		new AbortController(),
	);
	onTestFinished(session.stop);
	await expect.poll(() => changes.length).toBeGreaterThan(2);
	expect(changes).not.toContain(true);

	const nowMs = Date.now();
	session.source().view({level: 'nodes'}, {atMs: nowMs - 3_600_000}, nowMs);
	await expect.poll(() => changes).toContain(true);
});
