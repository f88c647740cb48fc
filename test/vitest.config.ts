import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';
import {ReliabilityReporter} from './reliability/reporter.ts';

const PROGRAMS = ['test/e2e/**/*.test.ts'];

/** Files that change or measure their whole process, or that a test of another kind in the same process would disturb. */
const ALONE = [
	'test/cluster/inventory/pod-decoder-memory.test.ts',
	'test/faults/uptime.test.ts',
	'test/http/trust.test.ts',
	'test/ui/components/redrawn-lines.test.tsx',
	'test/ui/terminal/line-output.test.tsx',
];

/** Topics are imported as text, as in the bundle. */
const markdownAsText = {
	name: 'markdown as text',
	transform: (text: string, id: string) =>
		id.endsWith('.md') ? `export default ${JSON.stringify(text)};` : undefined,
};

export default defineConfig({
	plugins: [markdownAsText],
	test: {
		root: '.',
		globalSetup: 'test/temporary-folder.ts',
		setupFiles: 'test/equal-rows.ts',
		reporters: ['default', new ReliabilityReporter()],
		// Tests wait for a state, and these bounds only end a wait in vain. They are long for machines that are busy.
		expect: {poll: {timeout: 30_000}},
		testTimeout: 180_000,
		hookTimeout: 180_000,
		// Tests that run programs mostly wait for them, so that a core has time for more than one.
		maxWorkers: Math.max(5, availableParallelism()),
		projects: [
			{
				extends: true,
				test: {
					name: 'rooms',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: [...PROGRAMS, ...ALONE],
					// Starting a process and loading the same modules for each file takes longer than most tests.
					isolate: false,
				},
			},
			// Programs in processes of their own, so that these files disturb nobody.
			{extends: true, test: {name: 'programs', include: PROGRAMS, isolate: false}},
			{extends: true, test: {name: 'alone', include: ALONE}},
		],
	},
});
