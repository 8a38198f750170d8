/** Training, versions and trainers. */
export const training: Readonly<Record<string, string>> = {
  'Leave out what applies to examples only.': 'Não envie o que se aplica só a exemplos.',
  'Examples cannot be used: see "issues".': 'Os exemplos não podem ser usados: veja "issues".',
  'What answers is being changed by others: try again.':
    'O que responde está sendo mudado por outras pessoas: tente de novo.',
  'No version answers for this model: there is nothing to go back from.':
    'Nenhuma versão responde por este modelo: não há de onde voltar.',
  'Other versions came into force again and again while this one was trained: try again.':
    'Outras versões entraram em vigor repetidas vezes enquanto esta era treinada: tente de novo.',
  'The trainer ended without an adapter.': 'O treinador terminou sem um adaptador.',
  'The job has ended already.': 'A tarefa já terminou.',
  'Only a training that is queued or under way can be paused.':
    'Só um treinamento na fila ou em andamento pode ser pausado.',
  'The job is not paused.': 'A tarefa não está pausada.',
  'This job has made nothing that could be published.': 'Esta tarefa não produziu nada que pudesse ser publicado.',
  'This token lacks the scope "train".': 'Este token não tem o escopo "train".',
  'The file of {0} is not the one that was trained over any more.':
    'O arquivo de {0} não é mais aquele sobre o qual se treinou.',
  'The gate rejected this version: say in "reason" why it is to answer all the same.':
    'A avaliação rejeitou esta versão: diga em "reason" por que ela deve responder mesmo assim.',
  'It answers now: roll back first.': 'Ela responde agora: volte à versão anterior primeiro.',
  'A rollback would bring it back: publish another version first.':
    'Uma volta à versão anterior a traria de volta: publique outra versão primeiro.',
  '{0} is made with it: remove that first.': '{0} é feito com ela: remova isso primeiro.',
  'This changes what everybody is answered: an administrator may do it.':
    'Isto muda o que todos recebem como resposta: só quem administra o serviço pode fazê-lo.',
  'The model with the new adapter did not answer.': 'O modelo com o novo adaptador não respondeu.',
  'Training takes about {0} of memory, and {1} are allowed.':
    'O treinamento pede cerca de {0} de memória, e o permitido é {1}.',
  'The file of the base is not there.': 'O arquivo do modelo de base não existe.',
  'There are no examples to train with.': 'Não há exemplos com que treinar.',
  'An example has no answer.': 'Um exemplo não tem resposta.',
  'An example is longer than the {0} tokens of the context of the base.':
    'Um exemplo é mais longo que os {0} tokens do contexto do modelo de base.',
  'An example has tokens that the base does not know.': 'Um exemplo tem tokens que o modelo de base não conhece.',
  'The libraries of the engine do not train on this machine; another one has to do it.':
    'As bibliotecas do motor não treinam nesta máquina; outra tem de fazê-lo.',
  'The trainer dies again and again; see the log.': 'O treinador morre repetidas vezes; veja o log.',
  'Free some space; the training goes on from its last checkpoint.':
    'Libere espaço; o treinamento continua do último ponto salvo.',
  'The trainer had a fault; see the log.': 'O treinador teve uma falha; veja o log.',
  '{0} is not on this machine.': '{0} não está nesta máquina.',
  'The file of the base is broken: {0}.': 'O arquivo do modelo de base está danificado: {0}.',
  'The base is itself an adapter.': 'O modelo de base é, ele mesmo, um adaptador.',
  'The architecture {0} is not trained here.': 'A arquitetura {0} não é treinada aqui.',
  'The base has the setting {0}, which is not trained here.':
    'O modelo de base tem a configuração {0}, que não é treinada aqui.',
  'The setting llama.{0} of the base is not one positive number.':
    'A configuração llama.{0} do modelo de base não é um número positivo.',
  'Keys and values of the base have different lengths, which is not trained here.':
    'As chaves e os valores do modelo de base têm comprimentos diferentes, o que não é treinado aqui.',
  'The sizes that the base gives of itself do not fit together.':
    'Os tamanhos que o modelo de base declara não combinam entre si.',
  'The base has the tensor {0}, which is not trained here.':
    'O modelo de base tem o tensor {0}, que não é treinado aqui.',
  'The tensor {0} has the type {1}, which is not trained here.':
    'O tensor {0} tem o tipo {1}, que não é treinado aqui.',
  'The base has no tensor {0}.': 'O modelo de base não tem o tensor {0}.',
  'The tensor {0} has an unexpected shape.': 'O tensor {0} tem uma forma inesperada.',
  'This cannot be the id of a training run.': 'Isto não pode ser o id de um treinamento.',
  'The loss is no number any more; try a smaller learning rate.':
    'O erro deixou de ser um número; tente uma taxa de aprendizado menor.',
  'The training took longer than it may; it can go on where it is.':
    'O treinamento demorou mais que o permitido; pode continuar de onde está.',
  'The training took more memory than it may.': 'O treinamento usou mais memória que o permitido.',
  'The model cannot be trained: {0}.': 'O modelo não pode ser treinado: {0}.',
  'The file of the model cannot be read.': 'O arquivo do modelo não pode ser lido.',
  'Only models of the architecture llama are trained.': 'Só modelos da arquitetura llama são treinados.',
  'The file has no weights that could be trained.': 'O arquivo não tem pesos que pudessem ser treinados.',
  'There is nothing to train on.': 'Não há nada com que treinar.',
  'An example is longer than the context of the model.': 'Um exemplo é mais longo que o contexto do modelo.',
  'it is too large': 'ele é grande demais',
  'it is no adapter': 'ele não é um adaptador',
  'it is no LoRA': 'ele não é um LoRA',
  'it is no plain LoRA': 'ele não é um LoRA simples',
  'it is for another architecture': 'ele é de outra arquitetura',
  'its alpha is wrong': 'o alpha dele está errado',
  'it has no tensors, or one twice': 'ele não tem tensores, ou tem um duas vezes',
  'it changes what the model does not have': 'ele muda o que o modelo não tem',
  'a tensor is of another form': 'um tensor é de outra forma',
  'a tensor does not fit the model': 'um tensor não cabe no modelo',
  'its alignment is wrong': 'o alinhamento dele está errado',
  'its tensors do not lie one after the other': 'os tensores dele não estão um após o outro',
  'it is shorter or longer than it says': 'ele é mais curto ou mais longo do que diz',
  'a number is not finite': 'um número não é finito',
  'its hash is not told': 'o hash dele não foi informado',
  'The trainer has no adapter in GGUF format for the job.':
    'O treinador não tem um adaptador em formato GGUF para a tarefa.',
  'it does not have the hash that was told': 'ele não tem o hash informado',
  'The adapter that the trainer sent was thrown away: {0}.': 'O adaptador que o treinador enviou foi descartado: {0}.',
  'The trainer does not know the job any more.': 'O treinador não conhece mais a tarefa.',
  'Somebody cancelled the job on the trainer.': 'Alguém cancelou a tarefa no treinador.',
  'The trainer failed.': 'O treinador falhou.',
  'The training took longer than allowed.': 'O treinamento demorou mais que o permitido.',
  'The trainer does not tell the loss.': 'O treinador não informa o erro do treino.',
  'The trainer of TRAINER_URL cannot train this model.': 'O treinador de TRAINER_URL não consegue treinar este modelo.',
  'The trainer refuses the examples: one may be longer than the context of the model.':
    'O treinador recusa os exemplos: algum pode ser mais longo que o contexto do modelo.',
  'The disk of the trainer is full.': 'O disco do treinador está cheio.',
  'The trainer does not take files as large as these.': 'O treinador não aceita arquivos tão grandes.',
  'The trainer allows no training as long as this one.': 'O treinador não permite um treinamento tão longo.',
  'The loss is no number: choose a smaller learning rate.':
    'O erro não é um número: escolha uma taxa de aprendizado menor.',
  'The trainer died again and again.': 'O treinador morreu repetidas vezes.',
  'The trainer does not take the key: check TRAINER_API_KEY.':
    'O treinador não aceita a chave: verifique TRAINER_API_KEY.',
  'The trainer is busy or in trouble: look how it is.':
    'O treinador está ocupado ou com problemas: veja como ele está.',
  'The trainer redirects: name the address it redirects to in TRAINER_URL.':
    'O treinador redireciona: indique em TRAINER_URL o endereço para o qual ele redireciona.',
  'What answers at TRAINER_URL does not have what a training needs: check the address.':
    'O que responde em TRAINER_URL não tem o que um treinamento pede: verifique o endereço.',
  'The trainer refused the training with {0}.': 'O treinador recusou o treinamento com o status {0}.',
  'The trainer cannot be reached: check that it runs, and TRAINER_URL.':
    'O treinador não pode ser alcançado: verifique se está em execução, e TRAINER_URL.',
  'The trainer sent a reply that cannot be read: check TRAINER_URL.':
    'O treinador enviou uma resposta que não pode ser lida: verifique TRAINER_URL.',
  'The model {0} is not on this machine: a model learns from examples only where its file is.':
    'O modelo {0} não está nesta máquina: um modelo só aprende com exemplos onde está o arquivo dele.',
};
