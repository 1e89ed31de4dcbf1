import { ruleIds, rules } from '../../spec/catalogue.ts';
import {
  type ConnectionErrorCode,
  connectionErrorCodeNames,
  connectionErrorCodes,
} from '../../spec/connection-error-codes.ts';
import { type ErrorName, errors } from '../../spec/errors.ts';
import { type ProxyFault, proxyFault, proxyFaultNames } from '../../spec/proxy-faults.ts';
import type { Rule } from '../../spec/rule.ts';
import { shapeOf } from '../../spec/shapes.ts';
import { operations } from '../../spec/vocabulary.ts';
import { code, list, page, table } from '../markdown.ts';
import { anchor, cited, toError, toOperation, toQuestion, toRule } from './links.ts';

export function errorsPage(): string {
  const names = Object.keys(errors) as ErrorName[];
  return page(
    'Errors',
    'What a request may be refused with, the rules that refuse so, and the operations for which the service model lists it. An error with no rule is one that nothing in this specification asks for; it may still be listed for an operation.',
    ...names.map((name) => {
      const { status, fault, says } = errors[name];
      const giving = ruleIds.filter((id) => gives(rules[id].error, name));
      const listing = operations.filter((op) => shapeOf(op).errors.includes(name));
      return [
        `## ${name}`,
        `${says} (HTTP ${status}, fault of the ${fault})`,
        ...(giving.length === 0 ? [] : [`Rules: ${giving.map(toRule).join(', ')}`]),
        ...(listing.length === 0
          ? []
          : [
              `Listed for: ${listing.length === operations.length ? 'every operation' : listing.map(toOperation).join(', ')}`,
            ]),
      ].join('\n\n');
    }),
  );
}

const gives = (error: Rule['error'], name: ErrorName): boolean =>
  typeof error === 'string' ? error === name : !('answerTo' in error) && error.includes(name);

export function codes(): string {
  return page(
    'Connection error codes',
    'Why a connection attempt ended in FAILED, and what to do. DescribeCustomKeyStores shows the code as ConnectionErrorCode while the store is FAILED. DisconnectCustomKeyStore is part of every remedy: nothing else leads out of FAILED.',
    table(
      ['Code', 'Store', 'Meaning'],
      connectionErrorCodeNames.map((name) => [toCode(name), typesOf(name), connectionErrorCodes[name].means]),
    ),
    ...connectionErrorCodeNames.map((name) => {
      const { means, remedy, sources } = connectionErrorCodes[name];
      const steps = remedy.map((step, index) => `${index + 1}. ${step}`).join('\n');
      return `## ${name}\n\n${means} (${typesOf(name)})\n\nWhat to do:\n\n${steps}\n\nSources:\n\n${list(sources.map(cited))}`;
    }),
  );
}

const typesOf = (name: ConnectionErrorCode): string => connectionErrorCodes[name].storeTypes.map(code).join(', ');
const toCode = (name: ConnectionErrorCode): string => `[${code(name)}](connection-error-codes.md#${anchor(name)})`;

export function faults(): string {
  return page(
    'What a proxy can do wrong',
    'An external key store answers through a proxy, and a proxy can fail in these ways. Each table says what KMS makes of it. The name of a fault is what a [world file](../world-files.md) declares.',
    ...proxyFaultNames.map((name) => {
      const { says, check, connect, createKey, crypto, sources } = proxyFault(name);
      return [
        `## ${name}`,
        says,
        table(
          ['When KMS meets it', 'What comes of it'],
          [
            ['in CreateCustomKeyStore or UpdateCustomKeyStore, if KMS asks the proxy', shown(check)],
            ['while connecting', shown(connect)],
            ['in CreateKey', shown(createKey)],
            ['when a key is used', shown(crypto)],
          ],
        ),
        list(sources.map(cited)),
      ].join('\n\n');
    }),
  );
}

function shown(outcome: ProxyFault['check'] | ProxyFault['connect']): string {
  if (outcome === undefined) return 'nothing: KMS does not meet it there';
  if (typeof outcome !== 'string') return `open: ${toQuestion(outcome.answerTo)}`;
  return isCode(outcome) ? `FAILED with ${toCode(outcome)}` : toError(outcome);
}

const isCode = (name: ErrorName | ConnectionErrorCode): name is ConnectionErrorCode =>
  Object.hasOwn(connectionErrorCodes, name);
