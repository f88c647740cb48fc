import {codesFor, ERROR_CODES, ERROR_PAGES, errorPage} from '../help/error-pages.ts';
import {renderText} from '../help/render-text.ts';
import {summaryOf, TOPICS} from '../help/topics.ts';
import {usageText} from '../help/usage.ts';
import {nearest} from '../metrics/view/did-you-mean.ts';
import {colorDepthOf} from '../options/color-depth.ts';
import {declare} from '../options/command-line.ts';
import {Warnings} from '../output/warnings.ts';

/** Lines longer than this are tiring to read. */
const MOST_COLUMNS = 100;

/** Width of the text where standard output is no terminal. */
const USUAL_COLUMNS = 80;

/** Prints all flags. */
export function showFlags(): void {
	// Meow’s own showHelp ends the process before an error of the output is known.
	process.stdout.write(`${declare([], [], usageText()).help}\n`);
}

/** Prints a help topic, or the list of topics. Returns the exit code. */
export function showTopic(name: string | undefined): number {
	const topic = name === undefined ? topicList() : TOPICS[name];
	if (topic === undefined) {
		const names = Object.keys(TOPICS);
		const meant = nearest(name ?? '', names);
		const question = meant === undefined ? '' : `did you mean ktop help ${meant}? `;
		return refuse(`there is no help on “${name}”: ${question}Topics are ${names.join(', ')}`);
	}

	print(topic);
	return 0;
}

/** Prints the page of an error code or of words on the screen, or the list of codes. Returns the exit code. */
export function explain(text: string | undefined): number {
	if (text === undefined) {
		print(codeList());
		return 0;
	}

	const codes = codesFor(text);
	if (codes.length === 0) {
		const meant = nearest(text, ERROR_CODES);
		return refuse(
			`there is no error “${text}”: ${meant === undefined ? '' : `did you mean ktop explain ${meant}? `}ktop explain lists all`,
		);
	}

	print(codes.map(code => errorPage(code, 1)).join('\n'));
	return 0;
}

function topicList(): string {
	return [
		'# ktop help TOPIC',
		'',
		'| topic | what it is about |',
		'| --- | --- |',
		...Object.entries(TOPICS).map(([name, text]) => `| \`${name}\` | ${summaryOf(text)} |`),
		'',
		'`ktop --help` prints all flags with examples, `ktop explain CODE` what an error means and what helps.',
	].join('\n');
}

function codeList(): string {
	return [
		'# ktop explain CODE',
		'',
		'| code | what went wrong |',
		'| --- | --- |',
		...ERROR_CODES.map(code => `| \`${code}\` | ${ERROR_PAGES[code].title} |`),
		'',
		"The words of the screen do as well: `ktop explain '403 needs nodes/stats'`.",
	].join('\n');
}

function print(markdown: string): void {
	process.stdout.write(
		renderText(markdown, {
			width: Math.min(process.stdout.columns ?? USUAL_COLUMNS, MOST_COLUMNS),
			isColored: process.stdout.isTTY && colorDepthOf(process.env) !== 'none',
		}),
	);
}

function refuse(problem: string): number {
	new Warnings().say(problem);
	return 2;
}
