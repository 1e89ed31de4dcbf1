import './members.css';

/** The members of an input or an output, as a list of names and values. */
export function Members({ value }: { readonly value: object }) {
  const entries = Object.entries(value);
  if (entries.length === 0) return <p class="empty">no members</p>;
  return (
    <dl class="members">
      {entries.map(([name, member]) => (
        <div key={name} class={typeof member === 'object' && member !== null ? 'nested' : undefined}>
          <dt>{breakable(name)}</dt>
          <dd>{shown(member)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A long name may break between its words. */
const breakable = (name: string) => name.split(/(?<=[a-z])(?=[A-Z])/).flatMap((word) => [word, <wbr key={word} />]);

/** A stand-in for a secret, which is as long as a secret has to be. */
const paddedStandIn = /^(standIn\d+)=+$/;

function shown(value: unknown) {
  if (Array.isArray(value)) {
    return (
      <ol>
        {value.map((each, index) => (
          <li key={index}>{typeof each === 'object' && each !== null ? <Members value={each} /> : String(each)}</li>
        ))}
      </ol>
    );
  }
  if (typeof value === 'object' && value !== null) return <Members value={value} />;
  return <code>{String(value).replace(paddedStandIn, '$1=…')}</code>;
}
