import {parseBounded} from '../../../yaml/parse-bounded.ts';
import {kubeconfigError} from './field-reader.ts';

// Used instead of the parser's messages, which quote the source and may contain a token or key.
const problems: Readonly<Record<string, string>> = {
	BAD_ALIAS: 'an alias without an anchor',
	BAD_DQ_ESCAPE: 'an unknown escape in a quoted string',
	BAD_INDENT: 'wrong indentation',
	BAD_SCALAR_START: 'a string that must be quoted',
	BLOCK_AS_IMPLICIT_KEY: 'a nested map on one line, or a string with ": " that must be quoted',
	BLOCK_IN_FLOW: 'wrong indentation inside brackets',
	MISSING_CHAR: 'a missing quote, bracket, comma or colon',
	MULTILINE_IMPLICIT_KEY: 'a line without a colon after its key',
	TAB_AS_INDENT: 'a tab used for indentation',
	UNEXPECTED_TOKEN: 'an unexpected character',
};

/**
 * Parses the first document of YAML 1.2 or JSON; undefined if empty.
 *
 * @throws KtopError `usage` with the file, line and kind of error, never with the content of the file.
 */
export function parseYaml(text: string, file: string): unknown {
	// Like kubectl: the last of duplicate keys, merge keys, and the first document.
	const parsed = parseBounded(text, {
		uniqueKeys: false,
		merge: true,
		intAsBigInt: true,
		// Warnings go to stderr and quote the file.
		logLevel: 'error',
	});
	if (parsed.kind === 'too-large') {
		throw kubeconfigError(
			`${file} is too large: ${parsed.problem}`,
			'check that it is a kubeconfig; split one of thousands of contexts into files, and list them in KUBECONFIG',
		);
	}
	const [document] = parsed.documents;
	if (document === undefined) {
		return undefined;
	}
	const [error] = document.errors;
	if (error !== undefined) {
		throw syntaxError(error.code, parsed.lineAt(error.pos[0]), file);
	}
	try {
		return document.toJS({maxAliasCount: 100}) ?? undefined;
	} catch {
		throw kubeconfigError(
			`${file}: too many YAML aliases, or one without an anchor`,
			'replace aliases by their values',
		);
	}
}

function syntaxError(code: string, line: number, file: string): Error {
	return kubeconfigError(
		`${file}:${line}: not valid YAML: ${problems[code] ?? 'a syntax error'}`,
		`correct line ${line}, or the lines just before it`,
	);
}
