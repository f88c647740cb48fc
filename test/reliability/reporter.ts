import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import type {Reporter, TestCase, TestModule} from 'vitest/node';
import {parse, render} from './document.ts';
import {differences, type FileOutcome, merge, type TestOutcome} from './proven.ts';
import './report.ts';

const FOLDER = join(import.meta.dirname, '..');
const REPORT = join(FOLDER, 'RELIABILITY.md');

/**
 * Compares test/RELIABILITY.md with what the tests of this run proved and fails the run if rows or words differ. With
 * `KTOP_RELIABILITY=write` it writes the report.
 */
export class ReliabilityReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const files = modules.map(outcomeOf);
		const written = existsSync(REPORT) ? parse(readFileSync(REPORT, 'utf8')) : [];
		const proven = merge(written, files, file => existsSync(join(FOLDER, file)));
		if (process.env.KTOP_RELIABILITY === 'write') {
			writeFileSync(REPORT, render(proven));
			return;
		}

		const found = differences(written, proven);
		if (found.length > 0) {
			process.exitCode = 1;
			console.error(
				`\ntest/RELIABILITY.md is out of date; \`npm run reliability\` writes it\n  ${found.join('\n  ')}\n`,
			);
		}
	}
}

function outcomeOf(module: TestModule): FileOutcome {
	return {file: relative(FOLDER, module.moduleId), tests: [...module.children.allTests()].map(testOutcome)};
}

function testOutcome(test: TestCase): TestOutcome {
	return {
		name: test.name,
		suite: outermostSuite(test),
		hasPassed: test.result().state === 'passed',
		reported: test.meta().reported ?? [],
	};
}

function outermostSuite({parent}: TestCase): string | undefined {
	let suite = parent;
	while (suite.type === 'suite' && suite.parent.type === 'suite') {
		suite = suite.parent;
	}

	return suite.type === 'suite' ? suite.name : undefined;
}
