import {parseAllDocuments, type YAMLParseError} from 'yaml';
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
	const options = {
		uniqueKeys: false,
		merge: true,
		intAsBigInt: true,
		prettyErrors: true,
		// Warnings go to stderr and quote the file.
		logLevel: 'error',
	} as const;
	const documents = parseAllDocuments(text, options);
	if (!Array.isArray(documents)) {
		return undefined;
	}
	const document = documents[0];
	if (document === undefined) {
		return undefined;
	}
	const error = document.errors[0];
	if (error !== undefined) {
		throw syntaxError(error, file);
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

function syntaxError(error: YAMLParseError, file: string): Error {
	const line = error.linePos?.[0].line;
	const where = line === undefined ? file : `${file}:${line}`;
	return kubeconfigError(
		`${where}: not valid YAML: ${problems[error.code] ?? 'a syntax error'}`,
		line === undefined ? 'correct the file' : `correct line ${line}, or the lines just before it`,
	);
}
