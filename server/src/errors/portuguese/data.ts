/** What is stored, backups and copies. */
export const data: Readonly<Record<string, string>> = {
  'The {0} of revision {1} of document {2} is missing or damaged: delete that document, or bring it back from a backup, and try again.':
    'O {0} da revisão {1} do documento {2} não existe ou está danificado: exclua esse documento, ou traga-o de volta de uma cópia de segurança, e tente de novo.',
  original: 'original',
  text: 'texto',
  'The source is itself a copy that was interrupted: complete it first.':
    'A origem é, ela mesma, uma cópia que foi interrompida: complete-a primeiro.',
  'The backup is not as it was made: its {0} differ. Nothing was written; use another backup.':
    'A cópia de segurança não está como foi feita: {0} não confere. Nada foi gravado; use outra cópia.',
  'The target holds the interrupted copy of another installation: empty it, or choose another one.':
    'O destino tem a cópia interrompida de outra instalação: esvazie-o, ou escolha outro.',
  'The target holds data already: empty it, or choose another one.':
    'O destino já tem dados: esvazie-o, ou escolha outro.',
  'The copy is not like its source: its {0} differ. Did the source change since an interrupted run? Empty the target and start again.':
    'A cópia não é igual à origem: {0} não confere. A origem mudou desde uma cópia interrompida? Esvazie o destino e comece de novo.',
  'The backup is damaged at {0}.': 'A cópia de segurança está danificada em {0}.',
  'The folder of the backup is not empty: choose another one.':
    'A pasta da cópia de segurança não está vazia: escolha outra.',
  'The folder of the backup cannot be read or written.': 'A pasta da cópia de segurança não pode ser lida ou gravada.',
  'The {0} of the backup cannot be read.': 'O {0} da cópia de segurança não pode ser lido.',
  'The {0} of the backup is damaged.': 'O {0} da cópia de segurança está danificado.',
  'The backup was made by a newer version of Billumy: restore it with that version.':
    'A cópia de segurança foi feita por uma versão mais nova do Billumy: restaure-a com aquela versão.',
  'The cursor in "after" is not one this list gave.': 'O cursor em "after" não é um que esta lista deu.',
  'Another document has these very bytes.': 'Outro documento tem exatamente os mesmos bytes.',
  'Data is being copied into MongoDB; if the copying was interrupted, run the same command again to complete it.':
    'Dados estão sendo copiados para o MongoDB; se a cópia foi interrompida, execute o mesmo comando de novo para completá-la.',
  'A turn is not the next of any conversation.': 'Uma troca de mensagens não é a seguinte de nenhuma conversa.',
  'The user of this key is gone.': 'O usuário desta chave não existe mais.',
  'The request with this idempotency key just ended.': 'O pedido com esta chave de idempotência acabou de terminar.',
  'Many administrators are changed at this moment: try again.':
    'Muitas contas de administração estão sendo alteradas neste momento: tente de novo.',
  'This is the last administrator: make somebody else one first.':
    'Esta é a última pessoa que administra o serviço: dê esse papel a outra primeiro.',
  'The folder of DATA_DIR cannot be read.': 'A pasta de DATA_DIR não pode ser lida.',
  'The folder of DATA_DIR holds a copy that was interrupted: run the same command again to complete it.':
    'A pasta de DATA_DIR tem uma cópia que foi interrompida: execute o mesmo comando de novo para completá-la.',
  'a statement gave no result': 'uma instrução não deu resultado',
  'The folder of DATA_DIR cannot be made': 'A pasta de DATA_DIR não pode ser criada',
  'No file can be made in the folder of DATA_DIR': 'Nenhum arquivo pode ser criado na pasta de DATA_DIR',
  'The folder of DATA_DIR cannot be written or locked': 'A pasta de DATA_DIR não pode ser gravada ou travada',
  '{0} ({1})': '{0} ({1})',
  '{0}: choose one on a local disk that this account may write.':
    '{0}: escolha uma em um disco local em que esta conta possa gravar.',
  'Another service is using the folder of DATA_DIR; stop it, or choose another folder.':
    'Outro serviço está usando a pasta de DATA_DIR; pare-o, ou escolha outra pasta.',
  'The data was written by a newer version of Billumy (schema {0}; this version knows {1}).':
    'Os dados foram gravados por uma versão mais nova do Billumy (esquema {0}; esta versão conhece {1}).',
  'The source and the target are the same.': 'A origem e o destino são os mesmos.',
  'The settings have no MONGO_URL.': 'As configurações não têm MONGO_URL.',
  'There is no data in that folder: check DATA_DIR, or the folder given.':
    'Não há dados nessa pasta: verifique DATA_DIR, ou a pasta informada.',
  'There is no complete backup in that folder.': 'Não há uma cópia de segurança completa nessa pasta.',
};
