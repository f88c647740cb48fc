import {Text} from 'ink';
import {memo} from 'react';
import {useTheme} from '../contexts.ts';
import {inSymbols} from '../draw/ascii-symbols.ts';

export type LineProps = {
	/** Text with SGR sequences, exactly as wide as its box. */
	readonly text: string;
};

/** One line of preformatted text; rendered only when the text changes. */
export const Line = memo(function Line({text}: LineProps) {
	return <Text wrap="truncate">{inSymbols(text, useTheme())}</Text>;
});
