import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {runKtop} from './ktop.ts';

const folder = join(import.meta.dirname, '../fixtures/recording');

// A new version of the format adds a file; none is ever changed or removed.
const recordings = readdirSync(folder).filter(name => name.endsWith('.ktop'));

describe('recordings of earlier versions', () => {
	test('are here from the first format on', () => {
		expect(recordings).toContain('format-1.ktop');
	});

	test.each(recordings)('%s replays to what it replayed to when it was made', async name => {
		const {stdout, stderr, exitCode} = await runKtop(['replay', join(folder, name), '--json']);
		expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0});
		const then = JSON.parse(readFileSync(join(folder, name.replace('.ktop', '.json')), 'utf8'));
		expect(then.nodes.length).toBeGreaterThan(5);
		// Fields may have been added since.
		expect(JSON.parse(stdout)).toMatchObject(then);
	});
});
