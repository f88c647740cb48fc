import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		// Machines that run tests are slow at times.
		expect: {poll: {timeout: 10_000}},
		root: '.',
		globalSetup: 'test/temporary-folder.ts',
		include: ['test/**/*.test.{ts,tsx}'],
		testTimeout: 20_000,
		hookTimeout: 60_000,
	},
});
