import { Modal } from '@mantine/core';
import { Kbd } from '../../components/kbd.js';
import { useAllKeys } from '../../lib/keys/use-keys.js';
import styles from './keys-help.module.css';

const order = ['List', 'Conversation', 'Writing', 'Go to'];

/** Every key that works where one is now. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size={620}>
      <Groups />
    </Modal>
  );
}

function Groups() {
  const bindings = useAllKeys();
  const groups = [...new Set(bindings.map((binding) => binding.group))].toSorted((one, other) => order.indexOf(one) - order.indexOf(other));
  return (
    <div className={styles['groups']}>
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {bindings
              .filter((binding) => binding.group === group)
              .map((binding) => (
                <div key={binding.key}>
                  <dt>{binding.label}</dt>
                  <dd>
                    {binding.key.split(' ').map((stroke) => (
                      <Kbd key={stroke} of={stroke} />
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
